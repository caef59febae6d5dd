// `stock get`, `stock list`, `stock refresh` and `stock locations`.
#ifndef TOOLS_CLI_STOCK_COMMANDS_H_
#define TOOLS_CLI_STOCK_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints the figures of one product; read again before with --refresh, or where
// they are older than --max_age.
ExitCode GetStock(Session& session);

// Prints the figures that the options choose, at most --limit, and says where
// there are more.
ExitCode ListStock(Session& session);

// Lets the server read products again: those named, or all of --category.
// Returns kProblems where a key names nothing.
ExitCode RefreshStock(Session& session);

// Prints the places that hold stock.
ExitCode ListLocations(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_COMMANDS_H_
