// What Qoyod, or something before it, says when it does not do what was asked.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_ERROR_BODY_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_ERROR_BODY_H_

#include <rapidjson/document.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::adapters {

// The form of a body. Texts are in the language of the account: only the form
// and the names of fields say anything certain.
enum class ErrorForm {
  kEmpty,
  kSentence,  // A text, with or without JSON's quotes.
  kHtml,      // A page of a web server or proxy.
  kFields,    // Messages under an `errors`, `error` or `messages`, or by field.
  kOneMember,  // An object with one member that is a text.
  kUnknown,    // Any other JSON.
};

// One body, read.
struct ErrorBody {
  ErrorForm form = ErrorForm::kEmpty;
  // Messages with the field names of the provider, where it names one. At
  // least one, unless the body is empty or says nothing.
  std::vector<v1::ItemProblem> problems;
  // It says that there is no such path, as opposed to no such record.
  bool says_no_such_path = false;
};

// Reads a body of any form; each problem gets `reason`.
ErrorBody ReadErrorBody(absl::string_view body, v1::ErrorReason reason);

// Whether the answer holds `errors` or `error`, and it is not empty.
bool HoldsErrors(const rapidjson::Value& answer);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_ERROR_BODY_H_
