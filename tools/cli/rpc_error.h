// A failed call, in words and as an exit code.
#ifndef TOOLS_CLI_RPC_ERROR_H_
#define TOOLS_CLI_RPC_ERROR_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/cli/exit_code.h"

namespace qantara::tools {

// Returns `text` with what ends every error line: ` (REASON; try: qantara
// COMMAND ...)`. `reason` is empty where there is none: then the code's name
// stands there. The command is the catalog's for the reason or code; where that
// is a command's own help, it is that of `command`, words such as
// "import watch", or of the whole program where `command` is empty.
std::string WithHelp(absl::string_view text, absl::StatusCode code,
                     absl::string_view reason, absl::string_view command);

// Returns the status's message as WithHelp does, then a line `  field: what is
// wrong` for each field that the message does not tell.
std::string ErrorText(const grpc::Status& status,
                      absl::string_view command = "");

// Returns the reason of the status's google.rpc.ErrorInfo; empty when it has
// none.
std::string ErrorReasonOf(const grpc::Status& status);

// Returns the exit code for a call that failed for good: kUnreachable for
// UNAVAILABLE, kCredentialsNeeded where the server or the provider wants other
// credentials, kUsage for INVALID_ARGUMENT and NOT_FOUND, kProblems otherwise.
ExitCode ExitCodeOf(const grpc::Status& status);

// Whether a stream that ended so may be opened again: the catalog says that its
// reason passes by itself, or there is none and the server went away. True for
// OK too: a stream that ends before its last message was cut.
bool IsWorthRetrying(const grpc::Status& status);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_RPC_ERROR_H_
