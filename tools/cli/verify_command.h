// The command `import verify ID`.
#ifndef TOOLS_CLI_VERIFY_COMMAND_H_
#define TOOLS_CLI_VERIFY_COMMAND_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Has the server read the provider back, prints every difference to an import
// and then the receipt. --fields says whose fields are compared (all, none,
// sample), --sample how many. kDone where nothing differs, kProblems where
// something does, or when interrupted: then nothing was recorded.
ExitCode VerifyImport(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_VERIFY_COMMAND_H_
