#include "server/inventory/inventory_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/invalid.h"
#include "server/core/page_token.h"
#include "server/inventory/stock_cursor.h"
#include "server/inventory/stock_filter.h"
#include "server/inventory/stock_page.h"

namespace qantara::server {
namespace {

using domain::Table;

constexpr uint32_t kDefaultLevels = 100;

// Where the page before ended; nothing for the first page.
absl::StatusOr<std::optional<StockCursor>> CursorOf(absl::string_view scope,
                                                    const std::string& token) {
  QANTARA_ASSIGN_OR_RETURN(const std::string key, ReadPageToken(scope, token));
  if (key.empty()) return std::optional<StockCursor>();
  const auto cursor = ReadCursorKey(key);
  if (!cursor.has_value()) {
    return Invalid("page_token", v1::ERROR_REASON_TOKEN_INVALID,
                   "not a token of this call");
  }
  return cursor;
}

v1::StockLocation ToLocation(const tables::v1::LocationRow& row) {
  v1::StockLocation location;
  location.set_location_id(row.location_id());
  location.set_name_en(row.name_en());
  location.set_name_ar(row.name_ar());
  if (row.has_is_default()) location.set_is_default(row.is_default());
  return location;
}

}  // namespace

absl::StatusOr<v1::ListInventoryResponse> InventoryReader::List(
    const v1::ListInventoryRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.FindWithStock(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const StockFilter filter,
                           StockFilter::Make(request.filter()));
  StockPageSpec spec;
  spec.connection = connection->id();
  spec.filter = &filter;
  spec.by_external_id = request.filter().external_ids_size() > 0;
  QANTARA_ASSIGN_OR_RETURN(spec.size,
                           ReadPageSize(request.page_size(), kDefaultLevels));
  const std::string scope =
      absl::StrCat("ListInventory/", connection->id(), "/",
                   request.filter().SerializeAsString());
  QANTARA_ASSIGN_OR_RETURN(spec.after, CursorOf(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  StockPage page(*tables, spec);
  QANTARA_RETURN_IF_ERROR(FillStockPage(*tables, spec, request.filter(), page));
  v1::ListInventoryResponse response;
  response.set_position(tables->position());
  for (v1::StockLevel& level : page.levels()) {
    *response.add_levels() = std::move(level);
  }
  if (page.end().has_value()) {
    response.set_next_page_token(MakePageToken(scope, CursorKey(*page.end())));
  }
  return response;
}

absl::StatusOr<v1::ListLocationsResponse> InventoryReader::ListLocations(
    const v1::ListLocationsRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.FindWithStock(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  v1::ListLocationsResponse response;
  absl::Status damage;
  const std::string prefix = domain::TextKey(connection->id());
  QANTARA_RETURN_IF_ERROR(tables->Scan(
      Table::kLocations, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        tables::v1::LocationRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          damage = domain::MakeError(absl::StatusCode::kDataLoss,
                                     v1::ERROR_REASON_LOG_DAMAGED,
                                     "unreadable row of a location");
          return false;
        }
        *response.add_locations() = ToLocation(row);
        return response.locations_size() < kMaxLocations;
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  return response;
}

}  // namespace qantara::server
