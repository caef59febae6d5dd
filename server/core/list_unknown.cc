// OperationsReader::ListUnknown.
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "server/core/open_work.h"
#include "server/core/operations_reader.h"
#include "server/core/page_token.h"
#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

using domain::Table;
using tables::v1::IntentRow;
using tables::v1::ItemRow;
using tables::v1::ProductRow;

constexpr uint32_t kDefaultRequests = 100;
constexpr int kMaxItemsShown = 100;

// The items of a creating request that it has not settled.
absl::Status AddItems(const domain::TableSnapshot& tables,
                      const std::string& connection, domain::Position intent,
                      const IntentRow& row, v1::UnknownRequest* out) {
  for (const events::v1::ItemRef& ref : row.create().items()) {
    if (out->items_size() == kMaxItemsShown) break;
    QANTARA_ASSIGN_OR_RETURN(
        const ItemRow item,
        domain::GetRow<ItemRow>(
            tables, Table::kItems,
            domain::ItemKey(connection, ref.import_id(), ref.line())));
    if (item.intent() != intent) continue;
    v1::UnknownItem& shown = *out->add_items();
    shown.set_sku(item.sku());
    shown.set_product_id(ProductIdText(item.product_id()));
    shown.mutable_item()->set_import_id(ref.import_id());
    shown.mutable_item()->set_line(ref.line());
  }
  out->set_item_count(row.open_items());
  out->set_watermark(row.create().watermark());
  return absl::OkStatus();
}

absl::Status AddUpdate(const domain::TableSnapshot& tables,
                       const std::string& connection, const IntentRow& row,
                       v1::UnknownRequest* out) {
  const events::v1::UpdateIntended& intent = row.update();
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      domain::GetRow<ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(connection, intent.product_id())));
  v1::UnknownItem& shown = *out->add_items();
  shown.set_sku(product.sku());
  shown.set_product_id(ProductIdText(intent.product_id()));
  out->set_item_count(1);
  out->set_is_update(true);
  out->set_remote_id(intent.remote_id());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListUnknownResponse> OperationsReader::ListUnknown(
    const v1::ListUnknownRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const size_t size,
                           ReadPageSize(request.page_size(), kDefaultRequests));
  const std::string scope = absl::StrCat("ListUnknown/", connection->id());
  QANTARA_ASSIGN_OR_RETURN(const std::string after,
                           ReadPageToken(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  const std::string prefix = domain::TextKey(connection->id());
  const std::string begin =
      after.empty() ? prefix : absl::StrCat(after, std::string(1, '\0'));
  const absl::Time now = clock_.Now();
  v1::ListUnknownResponse response;
  absl::Status damage;
  std::string last;
  QANTARA_RETURN_IF_ERROR(tables->Scan(
      Table::kIntents, begin, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        IntentRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (!IsUnknown(row)) return true;
        if (static_cast<size_t>(response.requests_size()) == size) {
          response.set_next_page_token(MakePageToken(scope, last));
          return false;
        }
        last = std::string(key);
        v1::UnknownRequest& out = *response.add_requests();
        const absl::Time sent = SendTimeOf(row);
        *out.mutable_send_time() = domain::ToTimestamp(sent);
        *out.mutable_age() = domain::ToProtoDuration(AgeOf(sent, now));
        damage = row.has_create()
                     ? AddItems(*tables, connection->id(),
                                domain::NumberOf(key), row, &out)
                     : AddUpdate(*tables, connection->id(), row, &out);
        return damage.ok();
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  return response;
}

}  // namespace qantara::server
