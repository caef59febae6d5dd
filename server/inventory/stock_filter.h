// Which figures a watch or a list wants.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_
#define QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "qantara/v1/inventory.pb.h"

namespace qantara::server {

// What a product is called, as far as it can be chosen by it.
struct StockIdentity {
  absl::string_view remote_id;
  absl::string_view sku;
  absl::string_view external_id;
  absl::string_view category_id;
};

// Fixed after construction. Pure.
class StockFilter {
 public:
  // Values in one list.
  static constexpr int kMaxValues = 1000;

  // Errors: kInvalidArgument (FIELD_TOO_LONG, FIELD_INVALID) with the field's
  // path.
  static absl::StatusOr<StockFilter> Make(const v1::InventoryFilter& filter);

  // Whether everything is wanted.
  bool all() const { return all_; }

  // A figure is wanted where all three say so. A product without figures has no
  // location and no quantity: then the last two are asked with nothing.
  bool WantsProduct(const StockIdentity& product) const;
  bool WantsLocation(absl::string_view location_id) const;
  bool WantsQuantity(std::optional<absl::string_view> quantity) const;

  // All three of a level.
  bool Wants(const v1::StockLevel& level) const;

 private:
  using Set = absl::flat_hash_set<std::string>;

  bool all_ = true;
  Set skus_;
  Set remote_ids_;
  Set location_ids_;
  Set external_ids_;
  Set category_ids_;
  std::optional<std::string> below_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_
