// `stock get`.
#ifndef TOOLS_CLI_STOCK_COMMANDS_H_
#define TOOLS_CLI_STOCK_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints the figures of one product.
ExitCode GetStock(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_COMMANDS_H_
