#include "server/inventory/snapshot_rows.h"

#include <utility>

#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/inventory/stock_levels.h"

namespace qantara::server {

using domain::Table;

SnapshotRows::SnapshotRows(std::unique_ptr<domain::TableSnapshot> tables,
                           const std::string& connection)
    : tables_(std::move(tables)),
      names_(*tables_, connection),
      next_(domain::TextKey(connection)),
      end_(domain::PrefixEnd(next_)) {}

absl::StatusOr<bool> SnapshotRows::Next(const StockFilter& filter,
                                        v1::InventoryRows* page) {
  page->set_position(position());
  absl::Status damage;
  size_t rows = 0;
  bool more = false;
  QANTARA_RETURN_IF_ERROR(tables_->Scan(
      Table::kStock, next_, end_,
      [&](absl::string_view key, absl::string_view value) {
        if (rows++ >= kMaxRows || page->levels_size() >= kMaxLevels) {
          next_ = std::string(key);
          more = true;
          return false;
        }
        damage = AddRow(value, filter, page);
        return damage.ok();
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  return more;
}

absl::Status SnapshotRows::AddRow(absl::string_view value,
                                  const StockFilter& filter,
                                  v1::InventoryRows* page) {
  tables::v1::StockRow row;
  if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return domain::MakeError(absl::StatusCode::kDataLoss,
                             v1::ERROR_REASON_LOG_DAMAGED,
                             "unreadable row of stock");
  }
  // As the row's last event told it: what follows builds on that.
  const StockOwner owner = {.external_id = row.external_id(),
                            .product_id = row.product_id()};
  QANTARA_ASSIGN_OR_RETURN(auto levels, ToStockLevels(row, owner, names_));
  for (v1::StockLevel& level : levels) {
    if (filter.Wants(level)) *page->add_levels() = std::move(level);
  }
  return absl::OkStatus();
}

}  // namespace qantara::server
