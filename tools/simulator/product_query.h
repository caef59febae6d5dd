// The list of products: Ransack filters, sort order, pages.
#ifndef TOOLS_SIMULATOR_PRODUCT_QUERY_H_
#define TOOLS_SIMULATOR_PRODUCT_QUERY_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/product.h"
#include "tools/simulator/product_columns.h"
#include "tools/simulator/product_table.h"

namespace qantara::simulator {

enum class Matcher {
  kEq,
  kNotEq,
  kCont,
  kStart,
  kEnd,
  kGt,
  kGteq,
  kLt,
  kLteq,
  kIn,
  kNotIn,
  kNull,
  kNotNull,
};

// One filter, as "sku" kEq {"MUG"}.
struct Predicate {
  std::string column;
  Matcher matcher = Matcher::kEq;
  std::vector<ColumnValue> values;
};

struct ProductQuery {
  std::vector<Predicate> predicates;  // All must hold.
  std::string sort_column = "id";
  bool descending = false;
  int64_t page = 1;
  int64_t per_page = 100;
  // As sent, or the defaults: they are answered as text.
  std::string page_text = "1";
  std::string per_page_text = "100";
  bool equal_ignores_case = false;  // For kEq and kIn on text.
};

inline constexpr int64_t kPerPageDefault = 100;
inline constexpr int64_t kPerPageMax = 500;

// Reads page, per_page, q[...] and q[s]. Filters on unknown columns, unknown
// matchers, filters without a value, and those named in `ignored` ("sku_eq";
// "*" for all) have no effect.
ProductQuery ParseProductQuery(
    const std::vector<std::pair<std::string, std::string>>& parameters,
    const std::vector<std::string>& ignored);

struct ProductPage {
  std::vector<const Product*> rows;
  int64_t total = 0;  // Rows that match, on all pages.
};

// Reads `table` as lists show it at `now_ms`. Equality on SKU, bounds on id
// and plain pages cost no scan.
ProductPage RunProductQuery(const ProductQuery& query,
                            const ProductTable& table, int64_t now_ms);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_QUERY_H_
