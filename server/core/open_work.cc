#include "server/core/open_work.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"

namespace qantara::server {
namespace {

using domain::Table;
using tables::v1::IntentRow;
using tables::v1::ProductRow;

absl::Status CountRows(const domain::TableSnapshot& tables,
                       const std::string& connection, Table table,
                       uint64_t* count) {
  const std::string prefix = domain::TextKey(connection);
  return tables.Scan(table, prefix, domain::PrefixEnd(prefix),
                     [count](absl::string_view, absl::string_view) {
                       ++*count;
                       return true;
                     });
}

absl::Status CountUpdatesOf(const domain::TableSnapshot& tables,
                            const std::string& connection, uint64_t product_id,
                            OpenWork* work) {
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      domain::GetRow<ProductRow>(tables, Table::kProducts,
                                 domain::NumberKey(connection, product_id)));
  work->open_updates += product.pending_updates_size();
  return absl::OkStatus();
}

// Products with updates stand in the queue, or have an open intent.
absl::Status ReadQueue(const domain::TableSnapshot& tables,
                       const std::string& connection, OpenWork* work) {
  const std::string prefix = domain::TextKey(connection);
  absl::Status damage;
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kUpdateQueue, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        tables::v1::UpdateQueueRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        damage = CountUpdatesOf(tables, connection, row.product_id(), work);
        return damage.ok();
      }));
  return damage;
}

absl::Status ReadIntents(const domain::TableSnapshot& tables,
                         const std::string& connection, OpenWork* work) {
  const std::string prefix = domain::TextKey(connection);
  absl::Status damage;
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kIntents, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        IntentRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (row.has_update()) {
          damage = CountUpdatesOf(tables, connection, row.update().product_id(),
                                  work);
        }
        if (IsUnknown(row)) {
          ++work->unknown_requests;
          const absl::Time sent = SendTimeOf(row);
          work->oldest_unknown =
              std::min(work->oldest_unknown.value_or(sent), sent);
        }
        return damage.ok();
      }));
  return damage;
}

}  // namespace

absl::StatusOr<OpenWork> ReadOpenWork(const domain::TableSnapshot& tables,
                                      const std::string& connection) {
  OpenWork work;
  QANTARA_RETURN_IF_ERROR(
      CountRows(tables, connection, Table::kParkedItems, &work.parked_items));
  QANTARA_RETURN_IF_ERROR(CountRows(tables, connection, Table::kParkedUpdates,
                                    &work.parked_updates));
  QANTARA_RETURN_IF_ERROR(ReadQueue(tables, connection, &work));
  QANTARA_RETURN_IF_ERROR(ReadIntents(tables, connection, &work));
  return work;
}

bool IsUnknown(const IntentRow& intent) {
  return intent.answer() != events::v1::ANSWER_UNSPECIFIED;
}

absl::Time SendTimeOf(const IntentRow& intent) {
  const events::v1::SendWindow& window =
      intent.has_create() ? intent.create().window() : intent.update().window();
  return domain::FromTimestamp(window.send_by_time());
}

absl::Duration AgeOf(const std::optional<absl::Time>& since, absl::Time now) {
  return since.has_value() ? std::max(now - *since, absl::ZeroDuration())
                           : absl::ZeroDuration();
}

}  // namespace qantara::server
