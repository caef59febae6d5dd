// Stock and its places as tables for people.
#ifndef TOOLS_CLI_STOCK_TABLE_H_
#define TOOLS_CLI_STOCK_TABLE_H_

#include <string>
#include <vector>

#include "qantara/v1/inventory_service.pb.h"

namespace qantara::tools {

// A line for each figure: SKU, remote id, location, quantity, since when. Where
// nothing was measured the state stands instead of a quantity. `head`: with the
// names of the columns.
std::string StockTable(
    const google::protobuf::RepeatedPtrField<v1::StockLevel>& levels,
    bool head);

// A line for each location: id, names, which is the default one.
std::string LocationTable(
    const google::protobuf::RepeatedPtrField<v1::StockLocation>& locations);

// What was read, and keys that name nothing.
std::string RefreshText(const v1::RefreshInventoryResponse& response);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_STOCK_TABLE_H_
