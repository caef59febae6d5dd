// Answers questions about stock from the tables.
#ifndef QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_
#define QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/connections.h"
#include "server/core/fresh_tables.h"

namespace qantara::server {

// What ListInventory and ListLocations do. Blocks. Thread-safe.
class InventoryReader {
 public:
  // Locations that are listed; one provider has some tens of them.
  static constexpr int kMaxLocations = 10'000;

  InventoryReader(const Connections& connections, const FreshTables& tables)
      : connections_(connections), tables_(tables) {}

  // Looks at no more than StockPage::kMaxRows rows, and at no others than those
  // that a filter by SKU, remote id or external id names.
  absl::StatusOr<v1::ListInventoryResponse> List(
      const v1::ListInventoryRequest& request) const;
  absl::StatusOr<v1::ListLocationsResponse> ListLocations(
      const v1::ListLocationsRequest& request) const;

 private:
  const Connections& connections_;
  const FreshTables& tables_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_
