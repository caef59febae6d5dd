#include "server/core/import_sums.h"

#include <cstdlib>

#include "domain/item_state.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

ImportSums SumImports(const domain::TableSnapshot& tables,
                      const std::string& connection) {
  ImportSums sums;
  const std::string prefix = domain::TextKey(connection);
  const absl::Status scanned = tables.Scan(
      domain::Table::kImports, prefix, domain::PrefixEnd(prefix),
      [&sums](absl::string_view, absl::string_view value) {
        tables::v1::ImportRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          ++sums.balance;
          return true;
        }
        for (size_t state = 1; state < sums.items.size(); ++state) {
          sums.items[state] +=
              domain::CountOf(row, static_cast<v1::ItemState>(state));
        }
        sums.balance += std::abs(domain::BalanceOf(row));
        return true;
      });
  if (!scanned.ok()) ++sums.balance;
  return sums;
}

}  // namespace qantara::server
