// One product of a company, as the simulated Qoyod keeps it.
#ifndef TOOLS_SIMULATOR_PRODUCT_H_
#define TOOLS_SIMULATOR_PRODUCT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/simulator/json.h"

namespace qantara::simulator {

// Quantity on hand at one location, a decimal as text.
struct StockFigure {
  int64_t location_id = 0;
  std::string stock;
};

struct Product {
  int64_t id = 0;
  std::optional<std::string> name_en;
  std::optional<std::string> name_ar;
  std::optional<std::string> sku;
  std::string type = "Product";
  std::optional<std::string> selling_price;  // Decimal text: "25.0".
  std::optional<std::string> buying_price;
  bool is_sold = false;
  bool is_bought = false;
  bool track_quantity = false;
  std::optional<int64_t> category_id;
  std::optional<int64_t> tax_id;
  // The rarer fields, by response name, in the order they were first set.
  std::vector<std::pair<std::string, Json>> extra;
  std::vector<StockFigure> inventories;  // Ordered by location id.

  // Milliseconds since 1970. Lists do not show the row before `visible_ms`.
  int64_t created_ms = 0;
  int64_t updated_ms = 0;
  int64_t visible_ms = 0;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_H_
