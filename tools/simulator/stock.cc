#include "tools/simulator/stock.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kDefaultLocation = 3;
constexpr int64_t kMaxDeltaDefault = 10;
constexpr int64_t kMaxDeltaMax = 1'000'000;

const StockFigure* FindFigure(const Product& product, int64_t location_id) {
  for (const StockFigure& figure : product.inventories) {
    if (figure.location_id == location_id) return &figure;
  }
  return nullptr;
}

int64_t NumberAt(const Json& json, absl::string_view key, int64_t fallback) {
  const Json* value = json.Find(key);
  return value == nullptr ? fallback : value->AsInteger().value_or(fallback);
}

absl::StatusOr<const Product*> FindProduct(const Json& movement,
                                           const ProductTable& table) {
  int64_t id = NumberAt(movement, "id", 0);
  if (id == 0) {
    const std::vector<int64_t> ids = table.FindSku(movement.TextAt("sku"));
    if (!ids.empty()) id = ids.front();
  }
  const Product* product = table.Find(id);
  if (product == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("no product for ", movement.ToText()));
  }
  return product;
}

// The new figure: what "set" says, or the old one (0 if none) plus "delta".
absl::StatusOr<DecimalValue> NewStock(const Json& movement,
                                      const StockFigure* figure) {
  const bool set = movement.Find("set") != nullptr;
  const std::optional<DecimalValue> value =
      ParseDecimal(movement.TextAt(set ? "set" : "delta"));
  if (!value) {
    return absl::InvalidArgumentError("a movement needs set or delta");
  }
  if (set || figure == nullptr) return *value;
  const std::optional<DecimalValue> sum =
      AddDecimals(ParseDecimal(figure->stock).value_or(DecimalValue{}), *value);
  if (!sum) return absl::InvalidArgumentError("the figure has no room");
  return *sum;
}

absl::StatusOr<Json> MoveOne(const Json& movement, Company* company) {
  absl::StatusOr<const Product*> found =
      FindProduct(movement, company->products);
  if (!found.ok()) return found.status();
  Product product = **found;
  const int64_t location = NumberAt(movement, "location_id", kDefaultLocation);
  if (company->reference["inventories"].Find(location) == nullptr) {
    return absl::NotFoundError(absl::StrCat("no location ", location));
  }
  const StockFigure* figure = FindFigure(product, location);
  const absl::StatusOr<DecimalValue> stock = NewStock(movement, figure);
  if (!stock.ok()) return stock.status();
  Json done = Json::Object();
  done.Add("id", Json::Integer(product.id));
  done.Add("sku", Json::String(product.sku.value_or("")));
  done.Add("location_id", Json::Integer(location));
  done.Add("previous",
           figure == nullptr ? Json() : Json::Number(figure->stock));
  done.Add("stock", Json::Number(QuantityText(*stock)));
  SetStock(location, *stock, &product);
  const Json* touch = movement.Find("touch");
  if (touch != nullptr && touch->boolean()) {
    product.updated_ms = std::max(NowMs(), product.updated_ms + 1);
  }
  company->products.Replace(std::move(product));
  return done;
}

}  // namespace

void SetStock(int64_t location_id, const DecimalValue& stock,
              Product* product) {
  auto& figures = product->inventories;
  const auto at = std::find_if(figures.begin(), figures.end(),
                               [&](const StockFigure& figure) {
                                 return figure.location_id >= location_id;
                               });
  if (at != figures.end() && at->location_id == location_id) {
    at->stock = QuantityText(stock);
  } else {
    figures.insert(at, {location_id, QuantityText(stock)});
  }
}

absl::StatusOr<Json> MoveStock(const Json& body, Company* company) {
  const std::vector<Json> movements =
      body.is_array() ? body.items() : std::vector{body};
  Json list = Json::Array();
  for (const Json& movement : movements) {
    absl::StatusOr<Json> done = MoveOne(movement, company);
    if (!done.ok()) return done.status();
    list.Append(*std::move(done));
  }
  Json reply = Json::Object();
  reply.Add("movements", std::move(list));
  return reply;
}

absl::StatusOr<Json> MoveRandomStock(const Json& wish, uint64_t seed,
                                     Company* company) {
  std::vector<int64_t> tracked;
  for (const auto& row : company->products.rows()) {
    if (row->track_quantity) tracked.push_back(row->id);
  }
  const auto& locations = company->reference["inventories"].rows();
  if (tracked.empty() || locations.empty()) {
    return absl::NotFoundError("no tracked product to move");
  }
  const int64_t wanted = std::min(NumberAt(wish, "products", 1),
                                  static_cast<int64_t>(tracked.size()));
  const uint64_t max_delta = static_cast<uint64_t>(std::clamp<int64_t>(
      NumberAt(wish, "max_delta", kMaxDeltaDefault), 1, kMaxDeltaMax));
  const std::string round = absl::StrCat(++company->random_moves);
  Json movements = Json::Array();
  for (int64_t i = 0; i < wanted; ++i) {
    const uint64_t dice = MixedHash(seed, "stock", absl::StrCat(round, "/", i));
    // Each chosen product leaves the list, so that none moves twice.
    const size_t at = dice % tracked.size();
    const int64_t step = 1 + static_cast<int64_t>((dice >> 20) % max_delta);
    Json movement = Json::Object();
    movement.Add("id", Json::Integer(tracked[at]));
    movement.Add("location_id",
                 *locations[(dice >> 40) % locations.size()].Find("id"));
    movement.Add("delta", Json::Integer((dice >> 63) != 0 ? -step : step));
    tracked[at] = tracked.back();
    tracked.pop_back();
    movements.Append(std::move(movement));
  }
  return MoveStock(movements, company);
}

}  // namespace qantara::simulator
