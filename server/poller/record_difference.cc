#include "server/poller/record_difference.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "domain/decimal.h"

namespace qantara::server {
namespace {

bool TellsStock(const v1::RemoteProduct& record) {
  return record.track_quantity() && record.stock_told();
}

// Quantities by location; the first entry of a location counts.
std::map<std::string, std::string> StockOf(const v1::RemoteProduct& record) {
  std::map<std::string, std::string> stock;
  for (const v1::LocationStock& entry : record.stock()) {
    if (entry.has_quantity()) {
      stock.emplace(entry.location_id(), entry.quantity());
    }
  }
  return stock;
}

void AddStock(const v1::RemoteProduct& left, const v1::RemoteProduct& right,
              std::vector<std::string>* out) {
  if (!TellsStock(left) || !TellsStock(right)) return;
  const std::map<std::string, std::string> one = StockOf(left);
  const std::map<std::string, std::string> other = StockOf(right);
  if (one.size() != other.size()) {
    out->push_back("stock");
    return;
  }
  for (const auto& [location, quantity] : one) {
    const auto place = other.find(location);
    if (place == other.end()) {
      out->push_back("stock");
      return;
    }
    if (domain::CompareDecimals(quantity, place->second) != 0) {
      out->push_back(absl::StrCat("stock of ", location));
    }
  }
}

}  // namespace

std::vector<std::string> DifferenceOf(const v1::RemoteProduct& left,
                                      const v1::RemoteProduct& right) {
  std::vector<std::string> out;
  if (left.has_sku() && right.has_sku() && left.sku() != right.sku()) {
    out.push_back("sku");
  }
  if (left.has_category_id() && right.has_category_id() &&
      left.category_id() != right.category_id()) {
    out.push_back("category_id");
  }
  if (left.has_track_quantity() && right.has_track_quantity() &&
      left.track_quantity() != right.track_quantity()) {
    out.push_back("track_quantity");
  }
  if (left.has_selling_price() && right.has_selling_price() &&
      domain::CompareDecimals(left.selling_price(), right.selling_price()) !=
          0) {
    out.push_back("selling_price");
  }
  AddStock(left, right, &out);
  return out;
}

}  // namespace qantara::server
