// Tokens that say where a watch goes on.
#ifndef QANTARA_SERVER_CORE_RESUME_TOKEN_H_
#define QANTARA_SERVER_CORE_RESUME_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"

namespace qantara::server {

// Makes a token that continues after `position`.
std::string MakeResumeToken(absl::string_view connection,
                            domain::Position position);

// Returns the position in `token`.
//
// Errors: kInvalidArgument (TOKEN_INVALID, field `resume_token`) when it was
// not made for this connection.
absl::StatusOr<domain::Position> ReadResumeToken(absl::string_view connection,
                                                 absl::string_view token);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_RESUME_TOKEN_H_
