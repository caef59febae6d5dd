// Whose stock a row is.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_
#define QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"

namespace qantara::server {

// Who a stock row belongs to, where its product is mapped.
struct StockOwner {
  std::string external_id;
  uint64_t product_id = 0;
};

// Returns who the remote record is mapped to; empty where nobody is.
//
// Errors: kDataLoss.
absl::StatusOr<StockOwner> FindStockOwner(const domain::TableReader& tables,
                                          const std::string& connection,
                                          const std::string& remote_id);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_OWNER_H_
