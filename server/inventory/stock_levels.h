// Rows of stock as messages of the public API.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_LEVELS_H_
#define QANTARA_SERVER_INVENTORY_STOCK_LEVELS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/inventory.pb.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_owner.h"

namespace qantara::server {

// Returns the figures of one product in the order of their locations; one level
// without location and quantity where there is none. `owner` is whom it is
// mapped to at present, whatever the row's last event told.
//
// Errors: kDataLoss.
absl::StatusOr<std::vector<v1::StockLevel>> ToStockLevels(
    const tables::v1::StockRow& row, const StockOwner& owner,
    LocationNames& names);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_LEVELS_H_
