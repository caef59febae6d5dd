// Which figures a watch wants.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_
#define QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "qantara/v1/inventory_service.pb.h"

namespace qantara::server {

// Fixed after construction.
class StockFilter {
 public:
  // Values in one list.
  static constexpr int kMaxValues = 1000;

  // Errors: kInvalidArgument (FIELD_TOO_LONG) with the list's path.
  static absl::StatusOr<StockFilter> Make(const v1::InventoryFilter& filter);

  // Whether the product and, where locations are named, the location is wanted.
  bool Wants(const v1::StockLevel& level) const;

 private:
  using Set = absl::flat_hash_set<std::string>;

  Set skus_;
  Set remote_ids_;
  Set location_ids_;
  Set external_ids_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_FILTER_H_
