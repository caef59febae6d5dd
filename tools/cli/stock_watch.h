// `stock watch`.
#ifndef TOOLS_CLI_STOCK_WATCH_H_
#define TOOLS_CLI_STOCK_WATCH_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints the present figures and then every change, until the user leaves or
// --changes of them came. When the stream breaks it goes on where it was,
// without a gap, for at most --retry_for; where the server does not keep
// history so long it says so and begins with the present figures.
ExitCode WatchStock(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_WATCH_H_
