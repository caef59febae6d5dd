#include "tests/server/inventory/model/random_stock.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

v1::RemoteProduct RandomProduct(std::mt19937_64& random) {
  const auto below = [&](uint64_t bound) { return random() % bound; };
  v1::RemoteProduct product;
  const uint64_t id = 1 + below(kRandomProducts);
  product.set_id(absl::StrCat(id));
  // Sometimes it is called otherwise.
  product.set_sku(
      absl::StrCat("S", below(6) == 0 ? 1 + below(kRandomProducts) : id));
  product.set_category_id(absl::StrCat(below(6) == 0 ? below(2) : id % 2));
  product.set_track_quantity(below(8) != 0);
  product.set_stock_told(true);
  for (const char* location : {"m", "n"}) {
    if (below(5) == 0) continue;
    v1::LocationStock& stock = *product.add_stock();
    stock.set_location_id(location);
    stock.set_quantity(absl::StrCat(static_cast<int>(below(9)) - 2));
  }
  return product;
}

}  // namespace

domain::RecordStock RandomStock(std::mt19937_64& random) {
  domain::RecordStock command;
  for (uint64_t i = 1 + random() % 4; i > 0; --i) {
    command.products.push_back(RandomProduct(random));
  }
  if (random() % 10 == 0) {
    command.gone_ids.push_back(absl::StrCat(random() % kRandomProducts));
  }
  return command;
}

domain::RecordLocations RandomLocation(std::mt19937_64& random) {
  domain::RecordLocations command;
  domain::RemoteLocation& location = command.locations.emplace_back();
  location.id = random() % 2 == 0 ? "m" : "n";
  location.name_en = absl::StrCat("N", random() % 3);
  return command;
}

v1::InventoryFilter RandomFilter(std::mt19937_64& random) {
  v1::InventoryFilter filter;
  switch (random() % 8) {
    case 0:
      filter.add_skus("S1");
      filter.add_skus("S2");
      break;
    case 1:
      filter.add_category_ids("1");
      break;
    case 2:
      filter.set_below_quantity("2");
      break;
    case 3:
      filter.add_location_ids("m");
      break;
    case 4:
      filter.add_remote_ids("1");
      filter.add_remote_ids("3");
      filter.set_below_quantity("4.0");
      break;
    default:
      break;
  }
  return filter;
}

}  // namespace qantara::server
