// Where the rows of a page come from.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/find_product.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/inventory/stock_page.h"

namespace qantara::server {
namespace {

using domain::Table;
using tables::v1::StockRow;

// Records with one SKU that are found at once; the rest come on later pages.
constexpr size_t kMaxPerSku = 100;

// Provider's ids in the order of their keys.
struct Candidates {
  std::set<std::string> ids;
  // There may be more behind the last one.
  bool more = false;
};

// Whether `id` is on this page or a later one.
bool IsAhead(const StockPageSpec& spec, const std::string& id) {
  if (!spec.after.has_value()) return true;
  return spec.after->location_id.has_value() ? id >= spec.after->remote_id
                                             : id > spec.after->remote_id;
}

Candidates Named(const StockPageSpec& spec, const v1::InventoryFilter& filter) {
  Candidates found;
  for (const std::string& id : filter.remote_ids()) {
    if (IsAhead(spec, id)) found.ids.insert(id);
  }
  return found;
}

absl::StatusOr<Candidates> ByExternalId(const domain::TableReader& tables,
                                        const StockPageSpec& spec,
                                        const v1::InventoryFilter& filter) {
  Candidates found;
  for (const std::string& external_id : filter.external_ids()) {
    const auto product = domain::FindProduct(
        tables, spec.connection,
        {domain::ProductSelector::Kind::kExternalId, external_id});
    if (absl::IsNotFound(product.status())) continue;
    QANTARA_RETURN_IF_ERROR(product.status());
    if (!product->remote_id().empty() && IsAhead(spec, product->remote_id())) {
      found.ids.insert(product->remote_id());
    }
  }
  return found;
}

absl::StatusOr<Candidates> BySku(const domain::TableSnapshot& tables,
                                 const StockPageSpec& spec,
                                 const v1::InventoryFilter& filter) {
  Candidates found;
  // The first id up to which every SKU was read.
  std::optional<std::string> horizon;
  for (const std::string& sku : filter.skus()) {
    const std::string prefix = domain::TextKey(spec.connection, sku);
    std::string begin = prefix;
    if (spec.after.has_value()) {
      begin = domain::TextKey(spec.connection, sku, spec.after->remote_id);
    }
    size_t count = 0;
    QANTARA_RETURN_IF_ERROR(tables.Scan(
        Table::kStockBySku, begin, domain::PrefixEnd(prefix),
        [&](absl::string_view key, absl::string_view) {
          std::string id = domain::ThirdText(key);
          if (!IsAhead(spec, id)) return true;
          if (++count == kMaxPerSku) {
            horizon = horizon.has_value() ? std::min(*horizon, id) : id;
          }
          found.ids.insert(std::move(id));
          return count < kMaxPerSku;
        }));
  }
  if (horizon.has_value()) {
    found.ids.erase(found.ids.upper_bound(*horizon), found.ids.end());
    found.more = true;
  }
  return found;
}

absl::Status FillFrom(const domain::TableReader& tables,
                      const StockPageSpec& spec, const Candidates& candidates,
                      StockPage& page) {
  for (const std::string& id : candidates.ids) {
    QANTARA_ASSIGN_OR_RETURN(
        const auto row,
        domain::FindRow<StockRow>(tables, Table::kStock,
                                  domain::TextKey(spec.connection, id)));
    if (!row.has_value()) continue;
    QANTARA_ASSIGN_OR_RETURN(const bool room, page.Add(*row));
    if (!room) return absl::OkStatus();
  }
  if (candidates.more) page.EndAfter(*candidates.ids.rbegin());
  return absl::OkStatus();
}

absl::Status FillFromAll(const domain::TableSnapshot& tables,
                         const StockPageSpec& spec, StockPage& page) {
  const std::string prefix = domain::TextKey(spec.connection);
  std::string begin = prefix;
  if (spec.after.has_value()) {
    begin = domain::TextKey(spec.connection, spec.after->remote_id);
  }
  absl::Status damage;
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kStock, begin, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        StockRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          damage = domain::MakeError(absl::StatusCode::kDataLoss,
                                     v1::ERROR_REASON_LOG_DAMAGED,
                                     "unreadable row of stock");
          return false;
        }
        if (!IsAhead(spec, row.remote_id())) return true;
        const auto room = page.Add(row);
        damage = room.status();
        return room.ok() && *room;
      }));
  return damage;
}

}  // namespace

absl::Status FillStockPage(const domain::TableSnapshot& tables,
                           const StockPageSpec& spec,
                           const v1::InventoryFilter& filter, StockPage& page) {
  if (filter.remote_ids_size() > 0) {
    return FillFrom(tables, spec, Named(spec, filter), page);
  }
  if (filter.external_ids_size() > 0) {
    QANTARA_ASSIGN_OR_RETURN(const Candidates found,
                             ByExternalId(tables, spec, filter));
    return FillFrom(tables, spec, found, page);
  }
  if (filter.skus_size() > 0) {
    QANTARA_ASSIGN_OR_RETURN(const Candidates found,
                             BySku(tables, spec, filter));
    return FillFrom(tables, spec, found, page);
  }
  return FillFromAll(tables, spec, page);
}

}  // namespace qantara::server
