#include "store/table_names.h"

#include <cstdlib>

namespace qantara::store {

const char* TableName(domain::Table table) {
  switch (table) {
    case domain::Table::kConnections:
      return "connections";
    case domain::Table::kImports:
      return "imports";
    case domain::Table::kItems:
      return "items";
    case domain::Table::kProducts:
      return "products";
    case domain::Table::kSkus:
      return "skus";
    case domain::Table::kExternalIds:
      return "external_ids";
    case domain::Table::kRemoteIds:
      return "remote_ids";
    case domain::Table::kOutbox:
      return "outbox";
    case domain::Table::kUpdateQueue:
      return "update_queue";
    case domain::Table::kIntents:
      return "intents";
    case domain::Table::kSuspects:
      return "suspects";
    case domain::Table::kUpdates:
      return "updates";
    case domain::Table::kRequests:
      return "requests";
    case domain::Table::kStock:
      return "stock";
    case domain::Table::kImportsByTime:
      return "imports_by_time";
    case domain::Table::kParkedItems:
      return "parked_items";
    case domain::Table::kParkedUpdates:
      return "parked_updates";
    case domain::Table::kLocations:
      return "locations";
    case domain::Table::kStockBySku:
      return "stock_by_sku";
  }
  std::abort();
}

}  // namespace qantara::store
