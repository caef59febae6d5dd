// What the command's exit code says; part of the contract with scripts.
#ifndef TOOLS_CLI_EXIT_CODE_H_
#define TOOLS_CLI_EXIT_CODE_H_

namespace qantara::tools {

enum class ExitCode {
  // Done; also when the user detached: the work goes on.
  kDone = 0,
  // Finished with rejected, parked or invalid items, or the request was
  // refused.
  kProblems = 1,
  // The command, its options or its input file are wrong, and nothing was sent;
  // or the server refuses a value or does not know a name: INVALID_ARGUMENT and
  // NOT_FOUND.
  kUsage = 2,
  // The server cannot be reached.
  kUnreachable = 3,
  // The provider wants other credentials, or the server does.
  kCredentialsNeeded = 4,
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_EXIT_CODE_H_
