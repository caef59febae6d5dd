// Stock figures as people read them.
#ifndef TOOLS_CLI_STOCK_TEXT_H_
#define TOOLS_CLI_STOCK_TEXT_H_

#include <string>
#include <vector>

#include "qantara/v1/inventory.pb.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {

// Returns the name of a state without its prefix, such as "UNTRACKED".
std::string ShortName(v1::StockState state);

// Returns one line for a figure: SKU, location, quantity. A figure that was not
// measured is "no figure" with the state, never a number.
std::string StockText(const v1::StockLevel& level);

// Returns a line for each figure of a message of a watch: a row, a change with
// the quantity before and the difference, a removal, a location with its names.
// Nothing for everything else. `colours`: for a terminal.
std::vector<std::string> StockLines(const v1::WatchInventoryResponse& message,
                                    bool colours);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_TEXT_H_
