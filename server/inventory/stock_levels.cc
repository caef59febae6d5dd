#include "server/inventory/stock_levels.h"

#include <utility>

#include "domain/status_macros.h"
#include "server/core/row_messages.h"

namespace qantara::server {

absl::StatusOr<std::vector<v1::StockLevel>> ToStockLevels(
    const tables::v1::StockRow& row, const StockOwner& owner,
    LocationNames& names) {
  v1::StockLevel base;
  base.set_remote_id(row.remote_id());
  base.set_sku(row.sku());
  base.set_category_id(row.category_id());
  base.set_external_id(owner.external_id);
  base.set_product_id(ProductIdText(owner.product_id));
  base.set_state(row.state());
  std::vector<v1::StockLevel> levels;
  if (row.state() != v1::STOCK_STATE_TRACKED_WITH_STOCK ||
      row.figures().empty()) {
    levels.push_back(std::move(base));
    return levels;
  }
  levels.reserve(row.figures_size());
  for (const tables::v1::StockFigure& figure : row.figures()) {
    QANTARA_ASSIGN_OR_RETURN(LocationName name, names.Of(figure.location_id()));
    v1::StockLevel& level = levels.emplace_back(base);
    level.set_location_id(figure.location_id());
    level.set_location_name_en(std::move(name.en));
    level.set_location_name_ar(std::move(name.ar));
    level.set_quantity(figure.quantity());
    *level.mutable_observe_time() = figure.observe_time();
  }
  return levels;
}

}  // namespace qantara::server
