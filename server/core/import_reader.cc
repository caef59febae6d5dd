#include "server/core/import_reader.h"

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/invalid.h"
#include "server/core/page_token.h"
#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

using domain::Table;

constexpr uint32_t kDefaultImports = 50;
constexpr uint32_t kDefaultItems = 100;
// Rows that one call looks at; then the page ends, even when it is short.
constexpr size_t kMaxLookedAt = 100'000;
constexpr size_t kMaxSkuPrefix = 250;

absl::Status DamagedRow(absl::string_view what) {
  return domain::MakeError(absl::StatusCode::kDataLoss,
                           v1::ERROR_REASON_LOG_DAMAGED,
                           absl::StrCat("unreadable row of ", what));
}

bool Wanted(const tables::v1::ItemRow& row,
            const v1::ListImportItemsRequest& request) {
  if (request.reason() != v1::ERROR_REASON_UNSPECIFIED &&
      row.reason() != request.reason()) {
    return false;
  }
  if (!absl::StartsWith(row.sku(), request.sku_prefix())) return false;
  if (request.states().empty()) return true;
  for (const int state : request.states()) {
    if (row.state() == state) return true;
  }
  return false;
}

std::string ItemScope(const v1::ListImportItemsRequest& request,
                      absl::string_view connection) {
  v1::ListImportItemsRequest scope = request;
  scope.set_connection(std::string(connection));
  scope.clear_page_size();
  scope.clear_page_token();
  return absl::StrCat("ListImportItems/", scope.SerializeAsString());
}

// Collects a page of items; `next_key` is set where there may be more.
absl::Status ScanItems(const domain::TableSnapshot& tables,
                       const v1::ListImportItemsRequest& request,
                       absl::string_view begin, absl::string_view end,
                       size_t page_size, v1::ListImportItemsResponse* response,
                       std::string* next_key) {
  absl::Status damage;
  size_t looked_at = 0;
  size_t bytes = 0;
  std::string last_key;
  const absl::Status scanned = tables.Scan(
      Table::kItems, begin, end,
      [&](absl::string_view key, absl::string_view value) {
        if (static_cast<size_t>(response->items_size()) == page_size ||
            looked_at == kMaxLookedAt || bytes >= kMaxPageBytes) {
          *next_key = last_key;
          return false;
        }
        ++looked_at;
        last_key = std::string(key);
        tables::v1::ItemRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          damage = DamagedRow("an item");
          return false;
        }
        if (Wanted(row, request)) {
          bytes += value.size();
          *response->add_items() =
              ToImportItem(domain::LineOfItemKey(key), row);
        }
        return true;
      });
  QANTARA_RETURN_IF_ERROR(scanned);
  return damage;
}

}  // namespace

absl::StatusOr<tables::v1::ImportRow> FindImportRow(
    const domain::TableReader& tables, absl::string_view connection,
    absl::string_view import_id) {
  QANTARA_ASSIGN_OR_RETURN(
      auto row,
      domain::FindRow<tables::v1::ImportRow>(
          tables, Table::kImports, domain::TextKey(connection, import_id)));
  if (!row.has_value() || row->kind() == events::v1::IMPORT_KIND_SINGLE) {
    const std::string shown(import_id.substr(0, 128));
    return domain::MakeError(
        absl::StatusCode::kNotFound, v1::ERROR_REASON_IMPORT_NOT_FOUND,
        absl::StrCat("import_id: no import `", shown, "` on connection `",
                     connection, "`"),
        {{"import_id", shown}, {"connection", std::string(connection)}});
  }
  return *std::move(row);
}

absl::StatusOr<v1::GetImportResponse> ImportReader::Get(
    const v1::GetImportRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ImportRow row,
      FindImportRow(*tables, connection->id(), request.import_id()));
  v1::GetImportResponse response;
  *response.mutable_catalog_import() =
      ToImport(row, connection->status.state());
  return response;
}

absl::StatusOr<v1::ListImportsResponse> ImportReader::List(
    const v1::ListImportsRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const size_t page_size,
                           ReadPageSize(request.page_size(), kDefaultImports));
  const std::string scope = absl::StrCat("ListImports/", connection->id());
  QANTARA_ASSIGN_OR_RETURN(const std::string after,
                           ReadPageToken(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  const std::string begin = domain::TextKey(connection->id());
  const std::string end = after.empty() ? domain::PrefixEnd(begin) : after;
  v1::ListImportsResponse response;
  absl::Status damage;
  std::string last_key;
  QANTARA_RETURN_IF_ERROR(tables->Scan(
      Table::kImportsByTime, begin, end,
      [&](absl::string_view key, absl::string_view) {
        if (static_cast<size_t>(response.imports_size()) == page_size) {
          response.set_next_page_token(MakePageToken(scope, last_key));
          return false;
        }
        last_key = std::string(key);
        const auto row = FindImportRow(*tables, connection->id(),
                                       domain::ImportIdOfTimeKey(key));
        if (!row.ok()) {
          // Single products are not listed.
          if (!absl::IsNotFound(row.status())) damage = row.status();
          return damage.ok();
        }
        *response.add_imports() = ToImport(*row, connection->status.state());
        return true;
      },
      /*reverse=*/true));
  QANTARA_RETURN_IF_ERROR(damage);
  return response;
}

absl::StatusOr<v1::ListImportItemsResponse> ImportReader::ListItems(
    const v1::ListImportItemsRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const size_t page_size,
                           ReadPageSize(request.page_size(), kDefaultItems));
  if (request.sku_prefix().size() > kMaxSkuPrefix * 4) {
    return Invalid("sku_prefix", v1::ERROR_REASON_FIELD_TOO_LONG,
                   "at most 250 characters");
  }
  const std::string scope = ItemScope(request, connection->id());
  QANTARA_ASSIGN_OR_RETURN(const std::string after,
                           ReadPageToken(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  QANTARA_RETURN_IF_ERROR(
      FindImportRow(*tables, connection->id(), request.import_id()).status());
  const std::string prefix =
      domain::TextKey(connection->id(), request.import_id());
  // The key after `after` is `after` with the smallest byte behind it.
  const std::string begin =
      after.empty() ? prefix : absl::StrCat(after, std::string(1, '\0'));
  v1::ListImportItemsResponse response;
  std::string next_key;
  QANTARA_RETURN_IF_ERROR(ScanItems(*tables, request, begin,
                                    domain::PrefixEnd(prefix), page_size,
                                    &response, &next_key));
  if (!next_key.empty()) {
    response.set_next_page_token(MakePageToken(scope, next_key));
  }
  return response;
}

}  // namespace qantara::server
