// `stock get` and `stock watch`.
#ifndef TOOLS_CLI_STOCK_COMMANDS_H_
#define TOOLS_CLI_STOCK_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints the figures of one product.
ExitCode GetStock(Session& session);

// Prints the present figures and then every change, until the user leaves or
// --changes of them came. When the stream breaks it goes on where it was,
// without a gap, for at most --retry_for.
ExitCode WatchStock(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_COMMANDS_H_
