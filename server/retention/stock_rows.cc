#include "server/retention/stock_rows.h"

#include "domain/status_macros.h"
#include "domain/table_keys.h"

namespace qantara::server {

absl::StatusOr<uint64_t> StockRowBytes(const domain::TableStore& tables,
                                       absl::string_view connection,
                                       uint64_t most) {
  const std::string prefix = domain::TextKey(connection);
  uint64_t bytes = 0;
  QANTARA_RETURN_IF_ERROR(tables.Snapshot()->Scan(
      domain::Table::kStock, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        bytes += value.size();
        return bytes <= most;
      }));
  return bytes;
}

absl::StatusOr<std::vector<std::string>> StockIdsAfter(
    const domain::TableStore& tables, absl::string_view connection,
    absl::string_view after, size_t limit) {
  const std::string prefix = domain::TextKey(connection);
  // The smallest key above that of `after`.
  const std::string begin =
      after.empty() ? prefix : domain::TextKey(connection, after) + '\0';
  std::vector<std::string> ids;
  QANTARA_RETURN_IF_ERROR(tables.Snapshot()->Scan(
      domain::Table::kStock, begin, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view) {
        ids.push_back(domain::SecondText(key));
        return ids.size() < limit;
      }));
  return ids;
}

}  // namespace qantara::server
