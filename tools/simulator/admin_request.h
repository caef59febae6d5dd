// What all admin endpoints do with a request: parameters, body, refusals.
#ifndef TOOLS_SIMULATOR_ADMIN_REQUEST_H_
#define TOOLS_SIMULATOR_ADMIN_REQUEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/json.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// Value of a query parameter, or `fallback`.
std::string QueryText(const HttpRequest& request, absl::string_view name,
                      absl::string_view fallback);
int64_t QueryNumber(const HttpRequest& request, absl::string_view name,
                    int64_t fallback);

// Parts of the path after "/_admin".
std::vector<std::string> AdminPath(const HttpRequest& request);

// The body; an empty one is {}. Errors: kInvalidArgument.
absl::StatusOr<Json> AdminBody(const HttpRequest& request);

// The company named by ?company=, else the first; null when there is none.
Company* AdminCompany(const HttpRequest& request, const World& world);

// 404 for kNotFound, 400 for the rest, with {"error":message}.
HttpReply AdminRefusal(const absl::Status& status);

// 200 {"ok":true}.
HttpReply AdminDone();

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_REQUEST_H_
