#include "server/inventory/stock_news.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

using Changes = google::protobuf::RepeatedPtrField<v1::InventoryChange>;
using events::v1::ProductIdentity;
using events::v1::ProductStock;
using events::v1::StockChange;
using events::v1::StockObserved;

// The news of one product.
class ProductNews {
 public:
  ProductNews(const StockObserved& observed, const ProductStock& product,
              const StockFilter& filter, Changes* out)
      : observed_(observed),
        product_(product),
        filter_(filter),
        out_(out),
        wanted_now_(filter.WantsProduct(Now())),
        wanted_before_(product.has_before()
                           ? filter.WantsProduct(Before(product.before()))
                           : wanted_now_) {}

  void Add() {
    if (!wanted_now_ && !wanted_before_) return;
    for (const StockChange& change : product_.changes()) {
      AddFigure(change, change.has_previous_quantity()
                            ? &change.previous_quantity()
                            : nullptr);
    }
    for (const StockChange& held : product_.held()) {
      AddFigure(held, &held.quantity());
    }
    AddState();
  }

 private:
  StockIdentity Now() const {
    return {.remote_id = product_.remote_id(),
            .sku = product_.sku(),
            .external_id = product_.external_id(),
            .category_id = product_.category_id()};
  }
  StockIdentity Before(const ProductIdentity& before) const {
    return {.remote_id = product_.remote_id(),
            .sku = before.sku(),
            .external_id = before.external_id(),
            .category_id = before.category_id()};
  }

  // `was` is the figure before the event.
  void AddFigure(const StockChange& change, const std::string* was) {
    if (!filter_.WantsLocation(change.location_id())) return;
    const bool told =
        was != nullptr && wanted_before_ && filter_.WantsQuantity(*was);
    const bool wanted = change.has_quantity() && wanted_now_ &&
                        filter_.WantsQuantity(change.quantity());
    if (!wanted) {
      if (told) AddRemoved(change, *was);
      return;
    }
    const bool held = was == &change.quantity();
    v1::InventoryChange& news = *out_->Add();
    v1::StockLevel& level =
        told || was == nullptr ? *news.mutable_change() : *news.mutable_row();
    FillNow(&level);
    FillPlace(change, &level);
    level.set_quantity(change.quantity());
    if (told || !held) {
      if (was != nullptr) level.set_previous_quantity(*was);
    }
    if (!held) *level.mutable_observe_time() = observed_.observe_time();
  }

  void AddRemoved(const StockChange& change, const std::string& was) {
    v1::StockRemoved& removed = *out_->Add()->mutable_removed();
    FillLast(removed.mutable_last());
    FillPlace(change, removed.mutable_last());
    removed.mutable_last()->set_quantity(was);
    removed.set_reason(change.has_quantity()
                           ? v1::STOCK_REMOVED_REASON_LEFT_FILTER
                           : change.removed_reason());
  }

  // The level without location that stands for a product without figures.
  void AddState() {
    if (!filter_.WantsLocation("") || !filter_.WantsQuantity(std::nullopt)) {
      return;
    }
    if (wanted_now_) {
      if (!TellsState(product_)) return;
      v1::InventoryChange& news = *out_->Add();
      v1::StockLevel& level =
          wanted_before_ ? *news.mutable_change() : *news.mutable_row();
      FillNow(&level);
      *level.mutable_observe_time() = observed_.observe_time();
    } else if (!HadFigures()) {
      v1::StockRemoved& removed = *out_->Add()->mutable_removed();
      FillLast(removed.mutable_last());
      removed.set_reason(v1::STOCK_REMOVED_REASON_LEFT_FILTER);
    }
  }

  // Asked only where `held` is complete.
  bool HadFigures() const {
    return product_.held_size() > 0 ||
           std::any_of(product_.changes().begin(), product_.changes().end(),
                       [](const StockChange& change) {
                         return change.has_previous_quantity();
                       });
  }

  void FillNow(v1::StockLevel* level) const {
    level->set_remote_id(product_.remote_id());
    level->set_sku(product_.sku());
    level->set_external_id(product_.external_id());
    level->set_product_id(ProductIdText(product_.product_id()));
    level->set_state(product_.state());
    level->set_category_id(product_.category_id());
  }

  // As it was told last.
  void FillLast(v1::StockLevel* level) const {
    FillNow(level);
    if (!product_.has_before()) return;
    level->set_sku(product_.before().sku());
    level->set_external_id(product_.before().external_id());
    level->set_product_id(ProductIdText(product_.before().product_id()));
    level->set_category_id(product_.before().category_id());
  }

  static void FillPlace(const StockChange& change, v1::StockLevel* level) {
    level->set_location_id(change.location_id());
    level->set_location_name_en(change.location_name_en());
    level->set_location_name_ar(change.location_name_ar());
  }

  const StockObserved& observed_;
  const ProductStock& product_;
  const StockFilter& filter_;
  Changes* const out_;
  const bool wanted_now_;
  const bool wanted_before_;
};

void AddLocation(const events::v1::LocationChange& change, Changes* out) {
  v1::StockLocation& location = *out->Add()->mutable_location();
  location.set_location_id(change.location_id());
  location.set_name_en(change.name_en());
  location.set_name_ar(change.name_ar());
  if (change.has_is_default()) location.set_is_default(change.is_default());
  if (change.has_previous_name_en()) {
    location.set_previous_name_en(change.previous_name_en());
  }
  if (change.has_previous_name_ar()) {
    location.set_previous_name_ar(change.previous_name_ar());
  }
}

bool IsNegative(const std::string& quantity) {
  return !quantity.empty() && quantity.front() == '-';
}

}  // namespace

bool TellsState(const ProductStock& product) {
  return product.state() != v1::STOCK_STATE_TRACKED_WITH_STOCK ||
         (product.changes().empty() && product.held().empty());
}

void AddNews(const events::v1::Event& event, const StockFilter& filter,
             Changes* out) {
  for (const ProductStock& product : event.stock_observed().products()) {
    ProductNews(event.stock_observed(), product, filter, out).Add();
  }
  for (const auto& change : event.locations_observed().locations()) {
    if (filter.WantsLocation(change.location_id())) AddLocation(change, out);
  }
}

void FloorAtZero(v1::StockLevel* level) {
  if (IsNegative(level->quantity())) {
    level->set_quantity("0");
    level->set_floored(true);
  }
  if (IsNegative(level->previous_quantity())) level->set_previous_quantity("0");
}

void FloorAtZero(v1::InventoryChange* change) {
  if (change->has_change()) FloorAtZero(change->mutable_change());
  if (change->has_row()) FloorAtZero(change->mutable_row());
  if (change->has_removed()) {
    FloorAtZero(change->mutable_removed()->mutable_last());
  }
}

}  // namespace qantara::server
