// Which records the one who watches names.
#ifndef QANTARA_SERVER_INVENTORY_WATCH_INTEREST_H_
#define QANTARA_SERVER_INVENTORY_WATCH_INTEREST_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/v1/inventory.pb.h"

namespace qantara::server {

// Records that one watch may have read more often.
inline constexpr size_t kMaxNamedRecords = 100;

// Returns the remote ids of the products that the filter names one by one, by
// remote id, SKU or external id: at most kMaxNamedRecords, those that are not
// known left out.
//
// Errors: kDataLoss.
absl::StatusOr<std::vector<std::string>> NamedRecords(
    const domain::TableSnapshot& tables, const std::string& connection,
    const v1::InventoryFilter& filter);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_WATCH_INTEREST_H_
