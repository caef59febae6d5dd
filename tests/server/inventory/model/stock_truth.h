// What the stock of a connection was after each event, told by the events
// themselves and nothing that serves them.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_STOCK_TRUTH_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_STOCK_TRUTH_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/inventory.pb.h"

namespace qantara::server {

// One product, as its last event told it.
struct TrueProduct {
  std::string sku;
  std::string category;
  std::string external;
  v1::StockState state = v1::STOCK_STATE_UNSPECIFIED;
  std::map<std::string, std::string> figures;  // Quantities by location.
};
using TrueStock = std::map<std::string, TrueProduct>;  // By remote id.

// A figure's place: remote id and location; no location: the product has no
// figures.
using Place = std::pair<std::string, std::string>;

// What is told of a place.
struct Told {
  std::string quantity;  // Empty where there is no figure.
  std::string called;  // SKU, category, external id; the state without figure.

  bool operator==(const Told& other) const {
    return quantity == other.quantity && called == other.called;
  }
};
using View = std::map<Place, Told>;

// Whether the filter wants it; written apart from StockFilter.
bool ModelWants(const v1::InventoryFilter& filter, const std::string& remote_id,
                const TrueProduct& product);
bool ModelWants(const v1::InventoryFilter& filter, const std::string& location);

// All that one who watches with `filter` knows.
View ViewOf(const TrueStock& stock, const v1::InventoryFilter& filter);

// Folds one event into `stock`.
void Apply(const events::v1::Event& event, TrueStock* stock);

// What is to be told of one event.
struct Expectation {
  enum class Kind { kChanged, kEntered, kLeft };
  struct News {
    Kind kind = Kind::kChanged;
    std::string quantity;  // After it; before it where it left.
    std::string before;    // Of kChanged.
  };
  domain::Position position = 0;
  std::map<Place, News> news;
  std::set<std::string> locations;

  bool empty() const { return news.empty() && locations.empty(); }
};
Expectation Expect(const events::v1::EventRecord& record,
                   const TrueStock& before, const TrueStock& after,
                   const v1::InventoryFilter& filter);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_STOCK_TRUTH_H_
