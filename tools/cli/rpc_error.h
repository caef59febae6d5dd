// A failed call, in words and as an exit code.
#ifndef TOOLS_CLI_RPC_ERROR_H_
#define TOOLS_CLI_RPC_ERROR_H_

#include <grpcpp/support/status.h>

#include <string>

#include "tools/cli/exit_code.h"

namespace qantara::tools {

// Returns the status's message with its stable reason and, for bad input, every
// field: `message [REASON]`, then a line `  field: what is wrong` for each.
std::string ErrorText(const grpc::Status& status);

// Returns the reason of the status's google.rpc.ErrorInfo; empty when it has
// none.
std::string ErrorReasonOf(const grpc::Status& status);

// Returns the exit code for a call that failed for good: kUnreachable for
// UNAVAILABLE, kCredentialsNeeded where the server or the provider wants other
// credentials, kUsage for INVALID_ARGUMENT and NOT_FOUND, kProblems otherwise.
ExitCode ExitCodeOf(const grpc::Status& status);

// Whether a stream that ended so may be opened again: the server went away, is
// stopping or has too much work. True for OK too: a stream that ends before its
// last message was cut.
bool IsWorthRetrying(const grpc::Status& status);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_RPC_ERROR_H_
