// One HTTP request, answered or failed.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_HTTP_CALL_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_HTTP_CALL_H_

#include <string>

#include "absl/status/statusor.h"

namespace qantara::process {

struct HttpAnswer {
  long status = 0;
  std::string body;
};

// Sends `body` when the method is not GET. Waits up to 60 s.
//
// Errors: kUnavailable when no answer came.
absl::StatusOr<HttpAnswer> CallHttp(const std::string& method,
                                    const std::string& url,
                                    const std::string& body = "");

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_HTTP_CALL_H_
