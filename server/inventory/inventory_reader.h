// Answers questions about stock from the tables.
#ifndef QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_
#define QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_

#include "absl/status/statusor.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/connections.h"
#include "server/core/fresh_tables.h"

namespace qantara::server {

// What GetInventory does. Blocks. Thread-safe.
class InventoryReader {
 public:
  InventoryReader(const Connections& connections, const FreshTables& tables)
      : connections_(connections), tables_(tables) {}

  absl::StatusOr<v1::GetInventoryResponse> Get(
      const v1::GetInventoryRequest& request) const;

 private:
  const Connections& connections_;
  const FreshTables& tables_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_INVENTORY_READER_H_
