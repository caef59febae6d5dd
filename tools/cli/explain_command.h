// `explain`.
#ifndef TOOLS_CLI_EXPLAIN_COMMAND_H_
#define TOOLS_CLI_EXPLAIN_COMMAND_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints the whole life of one product as the log tells it, while it is read,
// within --timeout. Returns kProblems where it was not told to its end.
ExitCode ExplainProduct(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_EXPLAIN_COMMAND_H_
