#include "server/inventory/watch_interest.h"

#include "absl/strings/string_view.h"
#include "domain/find_product.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"

namespace qantara::server {

using domain::Table;

absl::StatusOr<std::vector<std::string>> NamedRecords(
    const domain::TableSnapshot& tables, const std::string& connection,
    const v1::InventoryFilter& filter) {
  std::vector<std::string> records;
  for (const std::string& remote_id : filter.remote_ids()) {
    if (records.size() == kMaxNamedRecords) return records;
    records.push_back(remote_id);
  }
  for (const std::string& sku : filter.skus()) {
    const std::string prefix = domain::TextKey(connection, sku);
    QANTARA_RETURN_IF_ERROR(
        tables.Scan(Table::kStockBySku, prefix, domain::PrefixEnd(prefix),
                    [&records](absl::string_view key, absl::string_view) {
                      if (records.size() == kMaxNamedRecords) return false;
                      records.emplace_back(domain::ThirdText(key));
                      return true;
                    }));
  }
  for (const std::string& external_id : filter.external_ids()) {
    if (records.size() == kMaxNamedRecords) return records;
    const auto product =
        domain::FindProduct(tables, connection,
                            {.kind = domain::ProductSelector::Kind::kExternalId,
                             .value = external_id});
    if (absl::IsNotFound(product.status())) continue;
    QANTARA_RETURN_IF_ERROR(product.status());
    if (!product->remote_id().empty()) records.push_back(product->remote_id());
  }
  return records;
}

}  // namespace qantara::server
