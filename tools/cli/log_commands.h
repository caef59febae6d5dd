// `log`: whether the event log is whole, and a copy of it.
#ifndef TOOLS_CLI_LOG_COMMANDS_H_
#define TOOLS_CLI_LOG_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Has the server verify its log and prints what was found. kProblems where it
// is damaged or takes nothing any more.
ExitCode VerifyLog(Session& session);

// Has the server copy its log into a new directory of its own machine, and
// prints where it is.
ExitCode BackupLog(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_LOG_COMMANDS_H_
