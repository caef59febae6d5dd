#include "tools/simulator/product_table.h"

#include <algorithm>
#include <utility>

namespace qantara::simulator {

size_t ProductTable::LowerBound(int64_t id) const {
  const auto at =
      std::lower_bound(rows_.begin(), rows_.end(), id,
                       [](const std::unique_ptr<Product>& row, int64_t wanted) {
                         return row->id < wanted;
                       });
  return static_cast<size_t>(at - rows_.begin());
}

const Product& ProductTable::Insert(Product product) {
  if (product.id == 0) product.id = next_id_;
  next_id_ = std::max(next_id_, product.id + 1);
  Erase(product.id);
  Index(product);
  const size_t at = LowerBound(product.id);
  return **rows_.insert(rows_.begin() + static_cast<ptrdiff_t>(at),
                        std::make_unique<Product>(std::move(product)));
}

bool ProductTable::Replace(Product product) {
  const size_t at = LowerBound(product.id);
  if (at == rows_.size() || rows_[at]->id != product.id) return false;
  Unindex(*rows_[at]);
  Index(product);
  *rows_[at] = std::move(product);
  return true;
}

bool ProductTable::Erase(int64_t id) {
  const size_t at = LowerBound(id);
  if (at == rows_.size() || rows_[at]->id != id) return false;
  Unindex(*rows_[at]);
  rows_.erase(rows_.begin() + static_cast<ptrdiff_t>(at));
  return true;
}

void ProductTable::Clear() {
  rows_.clear();
  by_sku_.clear();
}

const Product* ProductTable::Find(int64_t id) const {
  const size_t at = LowerBound(id);
  return at < rows_.size() && rows_[at]->id == id ? rows_[at].get() : nullptr;
}

std::vector<int64_t> ProductTable::FindSku(const std::string& sku) const {
  const auto at = by_sku_.find(sku);
  return at == by_sku_.end() ? std::vector<int64_t>() : at->second;
}

std::map<std::string, std::vector<int64_t>> ProductTable::RepeatedSkus() const {
  std::map<std::string, std::vector<int64_t>> repeated;
  for (const auto& [sku, ids] : by_sku_) {
    if (ids.size() > 1 && !sku.empty()) repeated.emplace(sku, ids);
  }
  return repeated;
}

void ProductTable::Index(const Product& product) {
  all_visible_ms_ = std::max(all_visible_ms_, product.visible_ms);
  if (product.sku) by_sku_[*product.sku].push_back(product.id);
}

void ProductTable::Unindex(const Product& product) {
  if (!product.sku) return;
  const auto at = by_sku_.find(*product.sku);
  if (at == by_sku_.end()) return;
  std::vector<int64_t>& ids = at->second;
  ids.erase(std::remove(ids.begin(), ids.end(), product.id), ids.end());
  if (ids.empty()) by_sku_.erase(at);
}

}  // namespace qantara::simulator
