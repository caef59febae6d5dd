#include "server/inventory/stock_page.h"

#include <utility>

#include "domain/status_macros.h"
#include "server/core/page_token.h"
#include "server/core/row_messages.h"
#include "server/inventory/stock_levels.h"
#include "server/inventory/stock_owner.h"

namespace qantara::server {

absl::StatusOr<bool> StockPage::Add(const tables::v1::StockRow& row) {
  QANTARA_ASSIGN_OR_RETURN(auto wanted, WantedOf(row));
  for (v1::StockLevel& level : wanted) {
    if (levels_.size() == spec_.size || bytes_ >= kMaxPageBytes) {
      const v1::StockLevel& last = levels_.back();
      end_ = {last.remote_id(), last.location_id()};
      return false;
    }
    bytes_ += level.ByteSizeLong();
    levels_.push_back(std::move(level));
  }
  if (++rows_ < kMaxRows) return true;
  EndAfter(row.remote_id());
  return false;
}

void StockPage::EndAfter(std::string remote_id) {
  end_ = {std::move(remote_id), std::nullopt};
}

absl::StatusOr<std::vector<v1::StockLevel>> StockPage::WantedOf(
    const tables::v1::StockRow& row) {
  StockOwner owner;
  // Two more look-ups, only for rows that need them.
  const auto find_owner = [&]() -> absl::Status {
    QANTARA_ASSIGN_OR_RETURN(
        owner, FindStockOwner(tables_, spec_.connection, row.remote_id()));
    return absl::OkStatus();
  };
  if (spec_.by_external_id) QANTARA_RETURN_IF_ERROR(find_owner());
  QANTARA_ASSIGN_OR_RETURN(auto levels, ToStockLevels(row, owner, names_));
  std::vector<v1::StockLevel> wanted;
  for (v1::StockLevel& level : levels) {
    const bool covered =
        spec_.after.has_value() &&
        spec_.after->Covers(level.remote_id(), level.location_id());
    if (!covered && spec_.filter->Wants(level)) {
      wanted.push_back(std::move(level));
    }
  }
  if (wanted.empty() || spec_.by_external_id) return wanted;
  QANTARA_RETURN_IF_ERROR(find_owner());
  for (v1::StockLevel& level : wanted) {
    level.set_external_id(owner.external_id);
    level.set_product_id(ProductIdText(owner.product_id));
  }
  return wanted;
}

}  // namespace qantara::server
