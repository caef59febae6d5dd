#include "server/inventory/stock_news.h"

#include <utility>

namespace qantara::server {
namespace {

v1::StockLevel LevelOf(const v1::StockLevel& product,
                       const events::v1::StockChange& change) {
  v1::StockLevel level = product;
  level.set_location_id(change.location_id());
  level.set_location_name_en(change.location_name_en());
  level.set_location_name_ar(change.location_name_ar());
  return level;
}

}  // namespace

std::vector<v1::WatchInventoryResponse> NewsOf(
    const events::v1::StockObserved& observed,
    const events::v1::ProductStock& product, const StockOwner& owner,
    const StockFilter& filter) {
  v1::StockLevel base;
  base.set_remote_id(product.remote_id());
  base.set_sku(product.sku());
  base.set_external_id(owner.external_id);
  base.set_product_id(ProductIdText(owner.product_id));
  base.set_state(product.state());
  *base.mutable_observe_time() = observed.observe_time();

  std::vector<v1::WatchInventoryResponse> news;
  for (const events::v1::StockChange& change : product.changes()) {
    v1::StockLevel level = LevelOf(base, change);
    if (!filter.Wants(level)) continue;
    v1::WatchInventoryResponse response;
    if (change.has_quantity()) {
      level.set_quantity(change.quantity());
      if (change.has_previous_quantity()) {
        level.set_previous_quantity(change.previous_quantity());
      }
      *response.mutable_change() = std::move(level);
    } else {
      if (change.has_previous_quantity()) {
        level.set_quantity(change.previous_quantity());
      }
      // The figure was not observed now; when it was is not known here.
      level.clear_observe_time();
      *response.mutable_removed()->mutable_last() = std::move(level);
      response.mutable_removed()->set_reason(change.removed_reason());
    }
    news.push_back(std::move(response));
  }
  const bool without_figure =
      product.state() != v1::STOCK_STATE_TRACKED_WITH_STOCK;
  if ((product.changes().empty() || without_figure) && filter.Wants(base)) {
    *news.emplace_back().mutable_change() = std::move(base);
  }
  return news;
}

}  // namespace qantara::server
