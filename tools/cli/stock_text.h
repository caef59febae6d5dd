// Stock figures as people read them.
#ifndef TOOLS_CLI_STOCK_TEXT_H_
#define TOOLS_CLI_STOCK_TEXT_H_

#include <string>

#include "qantara/v1/inventory_service.pb.h"

namespace qantara::tools {

// Returns the name of a state without its prefix, such as "UNTRACKED".
std::string ShortName(v1::StockState state);

// Returns one line for a figure: SKU, location, quantity. A figure that was not
// measured is "no figure" with the state, never a number.
std::string StockText(const v1::StockLevel& level);

// Returns one line for a message of a watch: a figure, a change with the
// quantity before, or a removal. Empty for everything else.
std::string StockText(const v1::WatchInventoryResponse& message);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_TEXT_H_
