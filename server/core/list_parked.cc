// OperationsReader::ListParked.
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/line_content.h"
#include "server/core/operations_reader.h"
#include "server/core/page_token.h"
#include "server/core/past_exchange.h"
#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

using domain::Table;
using tables::v1::ItemRow;
using tables::v1::ParkedRow;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

constexpr uint32_t kDefaultEntries = 100;
// Rows of the indexes that one call looks at for a page; then the page ends,
// even when it is short.
constexpr size_t kMaxLookedAt = 100'000;
// First byte of the key in a token.
constexpr char kItems = 'i';
constexpr char kUpdates = 'u';

absl::Status Damaged() {
  return domain::MakeError(absl::StatusCode::kDataLoss,
                           v1::ERROR_REASON_LOG_DAMAGED,
                           "unreadable row of what is parked");
}

// One page on its way.
class Page {
 public:
  Page(const domain::EventLog& log, const domain::TableSnapshot& tables,
       const std::string& connection, const v1::ListParkedRequest& request,
       size_t size)
      : log_(log),
        tables_(tables),
        connection_(connection),
        request_(request),
        size_(size) {}

  // Adds entries of one index, from behind `after`. Returns whether there is
  // room for more.
  absl::StatusOr<bool> Add(Table table, char kind, const std::string& after);

  // Counts all of one index.
  absl::Status Count(Table table,
                     std::map<v1::ErrorReason, v1::ParkedGroup>* groups) const;

  v1::ListParkedResponse response;
  // Key behind which the next page begins, with its kind.
  std::string next;

 private:
  std::string PrefixOf(Table table) const {
    return table == Table::kParkedItems && !request_.import_id().empty()
               ? domain::TextKey(connection_, request_.import_id())
               : domain::TextKey(connection_);
  }
  bool IsFull() const {
    return static_cast<size_t>(response.entries_size()) == size_ ||
           bytes_ >= kMaxPageBytes || looked_at_ >= kMaxLookedAt;
  }
  absl::Status AddItem(absl::string_view key);
  absl::Status AddUpdate(absl::string_view key);
  absl::Status SetProduct(uint64_t product_id, v1::ParkedEntry* entry) const;
  void SetPast(const Carried& carried, domain::Position position,
               v1::ParkedEntry* entry) const;

  const domain::EventLog& log_;
  const domain::TableSnapshot& tables_;
  const std::string& connection_;
  const v1::ListParkedRequest& request_;
  const size_t size_;
  size_t bytes_ = 0;
  size_t looked_at_ = 0;
};

absl::StatusOr<bool> Page::Add(Table table, char kind,
                               const std::string& after) {
  const std::string prefix = PrefixOf(table);
  // The key after `after` is `after` with the smallest byte behind it.
  const std::string begin =
      after.empty() ? prefix : absl::StrCat(after, std::string(1, '\0'));
  std::string last = after;
  absl::Status damage;
  bool full = false;
  QANTARA_RETURN_IF_ERROR(tables_.Scan(
      table, begin, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        full = IsFull();
        if (full) return false;
        ++looked_at_;
        last = std::string(key);
        ParkedRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          damage = Damaged();
        } else if (request_.reason() == v1::ERROR_REASON_UNSPECIFIED ||
                   request_.reason() == row.reason()) {
          damage = kind == kItems ? AddItem(key) : AddUpdate(key);
        }
        return damage.ok();
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  if (full) next = absl::StrCat(std::string(1, kind), last);
  return !full;
}

absl::Status Page::Count(
    Table table, std::map<v1::ErrorReason, v1::ParkedGroup>* groups) const {
  const std::string prefix = PrefixOf(table);
  return tables_.Scan(table, prefix, domain::PrefixEnd(prefix),
                      [&](absl::string_view, absl::string_view value) {
                        ParkedRow row;
                        row.ParseFromArray(value.data(),
                                           static_cast<int>(value.size()));
                        v1::ParkedGroup& group = (*groups)[row.reason()];
                        group.set_reason(row.reason());
                        if (table == Table::kParkedItems) {
                          group.set_items(group.items() + 1);
                        } else {
                          group.set_updates(group.updates() + 1);
                        }
                        return true;
                      });
}

absl::Status Page::AddItem(absl::string_view key) {
  const std::string import_id = domain::SecondText(key);
  const uint32_t line = domain::LineOfItemKey(key);
  QANTARA_ASSIGN_OR_RETURN(
      const ItemRow row, domain::GetRow<ItemRow>(tables_, Table::kItems, key));
  v1::ParkedEntry& entry = *response.add_entries();
  if (absl::StartsWith(import_id, "~")) {
    entry.mutable_key()->set_create_request_id(import_id.substr(1));
  } else {
    entry.mutable_key()->mutable_item()->set_import_id(import_id);
    entry.mutable_key()->mutable_item()->set_line(line);
  }
  entry.set_sku(row.sku());
  entry.set_external_id(row.external_id());
  entry.set_reason(row.reason());
  *entry.mutable_problems() = row.problems();
  QANTARA_RETURN_IF_ERROR(SetProduct(row.product_id(), &entry));
  SetPast({import_id, line, 0, row.product_id()}, row.last_position(), &entry);
  bytes_ += entry.ByteSizeLong();
  return absl::OkStatus();
}

absl::Status Page::AddUpdate(absl::string_view key) {
  QANTARA_ASSIGN_OR_RETURN(
      const UpdateRow row,
      domain::GetRow<UpdateRow>(tables_, Table::kUpdates, key));
  v1::ParkedEntry& entry = *response.add_entries();
  entry.mutable_key()->set_update_request_id(row.request_id());
  entry.set_reason(row.reason());
  *entry.mutable_problems() = row.problems();
  QANTARA_RETURN_IF_ERROR(SetProduct(row.product_id(), &entry));
  SetPast({"", 0, domain::NumberOf(key), row.product_id()}, row.last_position(),
          &entry);
  bytes_ += entry.ByteSizeLong();
  return absl::OkStatus();
}

absl::Status Page::SetProduct(uint64_t product_id,
                              v1::ParkedEntry* entry) const {
  if (product_id == 0) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      domain::GetRow<ProductRow>(tables_, Table::kProducts,
                                 domain::NumberKey(connection_, product_id)));
  entry->set_product_id(ProductIdText(product_id));
  if (entry->sku().empty()) entry->set_sku(product.sku());
  if (entry->external_id().empty()) {
    entry->set_external_id(product.external_id());
  }
  *entry->mutable_remote_ids() = product.duplicate_remote_ids();
  if (!product.remote_id().empty()) {
    entry->add_remote_ids(product.remote_id());
  }
  return absl::OkStatus();
}

void Page::SetPast(const Carried& carried, domain::Position position,
                   v1::ParkedEntry* entry) const {
  const auto record = ReadEvent(log_, position);
  if (record.ok()) *entry->mutable_park_time() = (*record)->time();
  if (carried.product_id == 0) return;
  const auto exchange = FindPastExchange(log_, carried, position);
  if (exchange.has_value()) *entry->mutable_exchange() = *exchange;
}

std::string ScopeOf(const v1::ListParkedRequest& request,
                    const std::string& connection) {
  v1::ListParkedRequest scope = request;
  scope.set_connection(connection);
  scope.clear_page_size();
  scope.clear_page_token();
  return absl::StrCat("ListParked/", scope.SerializeAsString());
}

}  // namespace

absl::StatusOr<v1::ListParkedResponse> OperationsReader::ListParked(
    const v1::ListParkedRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const size_t size,
                           ReadPageSize(request.page_size(), kDefaultEntries));
  const std::string scope = ScopeOf(request, connection->id());
  QANTARA_ASSIGN_OR_RETURN(const std::string after,
                           ReadPageToken(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  Page page(log_, *tables, connection->id(), request, size);
  const bool with_updates = request.import_id().empty();
  if (after.empty()) {
    std::map<v1::ErrorReason, v1::ParkedGroup> groups;
    QANTARA_RETURN_IF_ERROR(page.Count(Table::kParkedItems, &groups));
    if (with_updates) {
      QANTARA_RETURN_IF_ERROR(page.Count(Table::kParkedUpdates, &groups));
    }
    for (auto& [reason, group] : groups) {
      *page.response.add_groups() = std::move(group);
    }
  }
  const char kind = after.empty() ? kItems : after[0];
  std::string key = after.empty() ? after : after.substr(1);
  bool room = true;
  if (kind == kItems) {
    QANTARA_ASSIGN_OR_RETURN(room, page.Add(Table::kParkedItems, kItems, key));
    key.clear();
  }
  if (room && with_updates) {
    QANTARA_RETURN_IF_ERROR(
        page.Add(Table::kParkedUpdates, kUpdates, key).status());
  }
  if (!page.next.empty()) {
    page.response.set_next_page_token(MakePageToken(scope, page.next));
  }
  return std::move(page.response);
}

}  // namespace qantara::server
