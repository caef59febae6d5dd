// The bodies that Qoyod answers errors with, in every shape seen (E1 to E15).
#ifndef TOOLS_SIMULATOR_REPLIES_H_
#define TOOLS_SIMULATOR_REPLIES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/messages.h"

namespace qantara::simulator {

HttpReply JsonReply(int status, std::string body);

// A 404 whose body is `sentence`: as a JSON string (form "json"), as plain
// text ("raw"), or in Arabic ("arabic": `arabic_sentence` as a JSON string).
HttpReply SentenceReply(absl::string_view form, absl::string_view sentence,
                        absl::string_view arabic_sentence);

// 404 of a path that is no route.
HttpReply UrlNotFound();

// 401 in the form that the switch unauthorized_form asks for.
HttpReply Unauthorized(ApiCall& call);

// 422 in the form that the switch error_form asks for; E1 by default.
HttpReply Invalid(ApiCall& call, const FieldErrors& errors);

// 422 whose errors are one sentence (E11).
HttpReply InvalidSentence(absl::string_view sentence);

// An answer of the server itself or of a gateway before it: "json", "html",
// "text", "empty" or "truncated".
HttpReply ServerFailure(int status, absl::string_view body_form);

// Tells to wait. `retry_after` is sent as it is, with "date" standing for an
// HTTP date in two seconds and "missing" for no header.
void AddRetryAfter(absl::string_view retry_after, HttpReply* reply);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_REPLIES_H_
