// Rows of the table of stock, as a snapshot needs them.
#ifndef QANTARA_SERVER_RETENTION_STOCK_ROWS_H_
#define QANTARA_SERVER_RETENTION_STOCK_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"

namespace qantara::server {

// Both hold the state of the tables only while they run. Errors: kDataLoss.

// Bytes of a connection's rows; counting ends beyond `most`.
absl::StatusOr<uint64_t> StockRowBytes(const domain::TableStore& tables,
                                       absl::string_view connection,
                                       uint64_t most);

// At most `limit` remote ids above `after` in the order of the table; empty
// when there are no more. Rows are never deleted: pages at different times
// together tell every row that was there before the first of them.
absl::StatusOr<std::vector<std::string>> StockIdsAfter(
    const domain::TableStore& tables, absl::string_view connection,
    absl::string_view after, size_t limit);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_STOCK_ROWS_H_
