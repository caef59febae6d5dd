#include "server/inventory/stock_owner.h"

#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

using domain::Table;

absl::StatusOr<StockOwner> FindStockOwner(const domain::TableReader& tables,
                                          const std::string& connection,
                                          const std::string& remote_id) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto pointer,
      domain::FindRow<tables::v1::ProductPointer>(
          tables, Table::kRemoteIds, domain::TextKey(connection, remote_id)));
  StockOwner owner;
  if (!pointer.has_value() || pointer->former()) return owner;
  QANTARA_ASSIGN_OR_RETURN(
      const auto product,
      domain::GetRow<tables::v1::ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(connection, pointer->product_id())));
  owner.external_id = product.external_id();
  owner.product_id = product.product_id();
  return owner;
}

}  // namespace qantara::server
