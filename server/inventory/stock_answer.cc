#include "server/inventory/stock_answer.h"

#include <utility>

#include "domain/find_product.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_levels.h"
#include "server/inventory/stock_owner.h"

namespace qantara::server {
namespace {

using domain::Table;
using Kind = domain::ProductSelector::Kind;

absl::StatusOr<std::optional<tables::v1::StockRow>> FindStock(
    const domain::TableReader& tables, const std::string& connection,
    const std::string& remote_id) {
  return domain::FindRow<tables::v1::StockRow>(
      tables, Table::kStock, domain::TextKey(connection, remote_id));
}

}  // namespace

absl::StatusOr<std::string> FindRemoteId(const domain::TableReader& tables,
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
  QANTARA_ASSIGN_OR_RETURN(const auto stock,
                           FindStock(tables, connection, key.value));
  if (!stock.has_value()) return product.status();
  return key.value;
}

LastReads LastReadsOf(const Connection& connection,
                      const std::string& remote_id) {
  LastReads reads;
  if (connection.refresher != nullptr && !remote_id.empty()) {
    reads.record = connection.refresher->LastRead(remote_id);
  }
  reads.sweep = connection.status.last_sweep();
  return reads;
}

absl::StatusOr<bool> IsObserved(const domain::TableReader& tables,
                                const std::string& connection,
                                const std::string& remote_id) {
  QANTARA_ASSIGN_OR_RETURN(const auto row,
                           FindStock(tables, connection, remote_id));
  return row.has_value();
}

absl::StatusOr<v1::GetInventoryResponse> StockAnswer(
    const domain::TableReader& tables, const std::string& connection,
    const std::string& remote_id, const LastReads& reads) {
  v1::GetInventoryResponse response;
  response.set_state(v1::STOCK_STATE_NOT_YET_OBSERVED);
  QANTARA_ASSIGN_OR_RETURN(const auto row,
                           FindStock(tables, connection, remote_id));
  if (const auto last = reads.Of(row.has_value()); last.has_value()) {
    *response.mutable_last_read_time() = domain::ToTimestamp(*last);
  }
  if (!row.has_value()) return response;
  response.set_state(row->state());
  QANTARA_ASSIGN_OR_RETURN(const StockOwner owner,
                           FindStockOwner(tables, connection, remote_id));
  LocationNames names(tables, connection);
  QANTARA_ASSIGN_OR_RETURN(auto levels, ToStockLevels(*row, owner, names));
  for (v1::StockLevel& level : levels) {
    if (level.has_quantity()) *response.add_levels() = std::move(level);
  }
  return response;
}

}  // namespace qantara::server
