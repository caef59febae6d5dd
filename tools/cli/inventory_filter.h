// Which stock figures the options of a command choose.
#ifndef TOOLS_CLI_INVENTORY_FILTER_H_
#define TOOLS_CLI_INVENTORY_FILTER_H_

#include "qantara/v1/inventory.pb.h"
#include "tools/cli/arguments.h"

namespace qantara::tools {

// Returns what --sku, --remote_id, --external_id, --location, --category (each
// may be repeated) and --below choose together. The server checks the values.
v1::InventoryFilter ReadInventoryFilter(const Arguments& arguments);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_INVENTORY_FILTER_H_
