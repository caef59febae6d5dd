#include "tests/server/inventory/model/stock_truth.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

template <typename List>
bool In(const List& list, const std::string& value) {
  return list.empty() ||
         std::find(list.begin(), list.end(), value) != list.end();
}

// Quantities of the model have few digits.
double Number(const std::string& text) {
  double number = 0;
  return absl::SimpleAtod(text, &number) ? number : 0;
}

bool WantsQuantity(const v1::InventoryFilter& filter,
                   const std::string& quantity) {
  return !filter.has_below_quantity() ||
         Number(quantity) < Number(filter.below_quantity());
}

std::string CalledOf(const TrueProduct& product) {
  return absl::StrCat(product.sku, "/", product.category, "/",
                      product.external);
}

const TrueProduct* Find(const TrueStock& stock, const std::string& remote_id) {
  const auto found = stock.find(remote_id);
  return found == stock.end() ? nullptr : &found->second;
}

}  // namespace

bool ModelWants(const v1::InventoryFilter& filter, const std::string& remote_id,
                const TrueProduct& product) {
  return In(filter.remote_ids(), remote_id) && In(filter.skus(), product.sku) &&
         In(filter.category_ids(), product.category) &&
         In(filter.external_ids(), product.external);
}

bool ModelWants(const v1::InventoryFilter& filter,
                const std::string& location) {
  return In(filter.location_ids(), location);
}

View ViewOf(const TrueStock& stock, const v1::InventoryFilter& filter) {
  View view;
  for (const auto& [remote_id, product] : stock) {
    if (!ModelWants(filter, remote_id, product)) continue;
    for (const auto& [location, quantity] : product.figures) {
      if (ModelWants(filter, location) && WantsQuantity(filter, quantity)) {
        view[{remote_id, location}] = {quantity, CalledOf(product)};
      }
    }
    const bool figures_only =
        !filter.location_ids().empty() || filter.has_below_quantity();
    if (product.figures.empty() && !figures_only) {
      view[{remote_id, ""}] = {
          "", absl::StrCat(CalledOf(product), "/",
                           v1::StockState_Name(product.state))};
    }
  }
  return view;
}

void Apply(const events::v1::Event& event, TrueStock* stock) {
  for (const auto& told : event.stock_observed().products()) {
    TrueProduct& product = (*stock)[told.remote_id()];
    product.sku = told.sku();
    product.category = told.category_id();
    product.external = told.external_id();
    product.state = told.state();
    for (const auto& change : told.changes()) {
      if (change.has_quantity()) {
        product.figures[change.location_id()] = change.quantity();
      } else {
        product.figures.erase(change.location_id());
      }
    }
  }
}

Expectation Expect(const events::v1::EventRecord& record,
                   const TrueStock& before, const TrueStock& after,
                   const v1::InventoryFilter& filter) {
  using Kind = Expectation::Kind;
  Expectation expected;
  expected.position = record.position();
  for (const auto& change : record.event().locations_observed().locations()) {
    if (ModelWants(filter, change.location_id())) {
      expected.locations.insert(change.location_id());
    }
  }
  if (!record.event().has_stock_observed()) return expected;
  const View was = ViewOf(before, filter);
  const View is = ViewOf(after, filter);
  for (const auto& [place, told] : is) {
    const auto old = was.find(place);
    if (old == was.end()) {
      expected.news[place] = {Kind::kEntered, told.quantity, ""};
    } else if (!(old->second == told)) {
      expected.news[place] = {Kind::kChanged, told.quantity,
                              old->second.quantity};
    }
  }
  for (const auto& [place, told] : was) {
    if (is.count(place) > 0) continue;
    const TrueProduct* product = Find(after, place.first);
    // Figures take the place of the state.
    if (place.second.empty() && ModelWants(filter, place.first, *product)) {
      continue;
    }
    expected.news[place] = {Kind::kLeft, told.quantity, ""};
  }
  return expected;
}

}  // namespace qantara::server
