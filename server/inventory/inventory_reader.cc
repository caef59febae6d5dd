#include "server/inventory/inventory_reader.h"

#include <string>
#include <utility>

#include "domain/find_product.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "server/core/product_key.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_levels.h"
#include "server/inventory/stock_owner.h"

namespace qantara::server {
namespace {

using domain::Table;
using Kind = domain::ProductSelector::Kind;

// The remote id whose stock is asked for; empty while the product has none. A
// product that nobody imported can be asked for by its remote id.
absl::StatusOr<std::string> RemoteIdOf(const domain::TableReader& tables,
                                       const std::string& connection,
                                       const domain::ProductSelector& key) {
  const auto product = domain::FindProduct(tables, connection, key);
  if (product.ok()) {
    return product->remote_id().empty() && key.kind == Kind::kRemoteId
               ? key.value
               : product->remote_id();
  }
  if (!absl::IsNotFound(product.status()) || key.kind != Kind::kRemoteId) {
    return product.status();
  }
  QANTARA_ASSIGN_OR_RETURN(
      const auto stock,
      tables.Get(Table::kStock, domain::TextKey(connection, key.value)));
  if (!stock.has_value()) return product.status();
  return key.value;
}

}  // namespace

absl::StatusOr<v1::GetInventoryResponse> InventoryReader::Get(
    const v1::GetInventoryRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const domain::ProductSelector selector,
                           ToSelector(request.key()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  QANTARA_ASSIGN_OR_RETURN(const std::string remote_id,
                           RemoteIdOf(*tables, connection->id(), selector));
  v1::GetInventoryResponse response;
  response.set_state(v1::STOCK_STATE_NOT_YET_OBSERVED);
  if (const auto sweep = connection->status.last_sweep(); sweep.has_value()) {
    *response.mutable_last_read_time() = domain::ToTimestamp(*sweep);
  }
  QANTARA_ASSIGN_OR_RETURN(const auto row,
                           domain::FindRow<tables::v1::StockRow>(
                               *tables, Table::kStock,
                               domain::TextKey(connection->id(), remote_id)));
  if (!row.has_value()) return response;
  response.set_state(row->state());
  QANTARA_ASSIGN_OR_RETURN(
      const StockOwner owner,
      FindStockOwner(*tables, connection->id(), remote_id));
  LocationNames names(*tables, connection->id());
  QANTARA_ASSIGN_OR_RETURN(auto levels, ToStockLevels(*row, owner, names));
  for (v1::StockLevel& level : levels) {
    if (level.has_quantity()) *response.add_levels() = std::move(level);
  }
  return response;
}

}  // namespace qantara::server
