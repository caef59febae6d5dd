// `qantara import FILE` and `qantara import watch ID`.
#ifndef TOOLS_CLI_IMPORT_COMMAND_H_
#define TOOLS_CLI_IMPORT_COMMAND_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Most times that the same import may have been finished before: each has a
// name of its own.
inline constexpr uint32_t kMaxTurns = 100'000;

// Reads the whole catalog once (a malformed one is refused before anything is
// sent), sends it as an import of its own name, follows it and prints what came
// of it. Goes on where an earlier run of the same command was cut off.
ExitCode ImportFile(Session& session);

// Follows an import and prints what came of it.
ExitCode ImportWatch(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_COMMAND_H_
