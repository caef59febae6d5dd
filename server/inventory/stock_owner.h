// Whose stock a row is.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_
#define QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_

#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "server/core/row_messages.h"

namespace qantara::server {

// Returns who the remote record is mapped to; empty where nobody is.
//
// Errors: kDataLoss.
absl::StatusOr<StockOwner> FindStockOwner(const domain::TableReader& tables,
                                          const std::string& connection,
                                          const std::string& remote_id);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_
