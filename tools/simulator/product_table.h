// All products of one company: ordered by id and indexed by SKU.
#ifndef TOOLS_SIMULATOR_PRODUCT_TABLE_H_
#define TOOLS_SIMULATOR_PRODUCT_TABLE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "tools/simulator/product.h"

namespace qantara::simulator {

// Not thread-safe: whoever uses it holds the company's mutex. Pointers to
// products stay valid until that product is erased.
class ProductTable {
 public:
  using Rows = std::vector<std::unique_ptr<Product>>;

  // The first id given out is `first_id`.
  explicit ProductTable(int64_t first_id) : next_id_(first_id) {}

  // Adds a row. Id 0 takes the next free one; an id in use is replaced.
  const Product& Insert(Product product);

  // Puts `product` in the place of the row with its id. False: no such row.
  bool Replace(Product product);

  // False: no such row.
  bool Erase(int64_t id);
  void Clear();

  // Null pointer when there is none.
  const Product* Find(int64_t id) const;

  // Ids of the rows with exactly this SKU, in the order they were added.
  std::vector<int64_t> FindSku(const std::string& sku) const;

  // All rows, ordered by id.
  const Rows& rows() const { return rows_; }

  // First row with an id not below `id`; rows().size() when there is none.
  size_t LowerBound(int64_t id) const;

  // SKUs that exist more than once (empty ones and null do not count), with
  // their ids.
  std::map<std::string, std::vector<int64_t>> RepeatedSkus() const;

  // True when every row is visible to lists at `now_ms`.
  bool AllVisible(int64_t now_ms) const { return now_ms >= all_visible_ms_; }

 private:
  void Index(const Product& product);
  void Unindex(const Product& product);

  int64_t next_id_;
  int64_t all_visible_ms_ = 0;
  Rows rows_;
  std::unordered_map<std::string, std::vector<int64_t>> by_sku_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_TABLE_H_
