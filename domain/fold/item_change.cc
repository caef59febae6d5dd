#include "domain/fold/item_change.h"

#include <algorithm>
#include <utility>

#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

using events::v1::EventRecord;
using events::v1::ItemRef;
using tables::v1::ImportRow;
using tables::v1::ItemRow;
using tables::v1::OutboxRow;
using tables::v1::SuspectRow;

absl::Status MoveCount(const EventRecord& record,
                       const std::string& connection, const ItemRef& ref,
                       const ItemChange& change, TableView& view) {
  std::string key = TextKey(connection, ref.import_id());
  QANTARA_ASSIGN_OR_RETURN(ImportRow row,
                           GetRow<ImportRow>(view, Table::kImports, key));
  AddCount(change.old_state, -1, &row);
  AddCount(change.row.state(), 1, &row);
  *row.mutable_update_time() = record.time();
  row.set_last_position(record.position());
  PutRow(view, Table::kImports, std::move(key), row);
  return absl::OkStatus();
}

absl::Status MoveOutbox(const std::string& connection, const ItemRef& ref,
                        const ItemChange& change, TableView& view) {
  const bool waited = IsWaiting(change.old_state);
  const bool waits = IsWaiting(change.row.state());
  if (waited == waits) return absl::OkStatus();
  std::string key = NumberKey(connection, change.row.accepted_position());
  QANTARA_ASSIGN_OR_RETURN(std::optional<OutboxRow> found,
                           FindRow<OutboxRow>(view, Table::kOutbox, key));
  OutboxRow row = found.value_or(OutboxRow());
  if (waits) {
    row.set_import_id(ref.import_id());
    row.set_first_line(change.row.accepted_first_line());
    row.set_single(!ref.import_id().empty() && ref.import_id()[0] == '~');
    row.set_waiting(row.waiting() + 1);
  } else {
    row.set_waiting(row.waiting() - 1);
  }
  if (row.waiting() == 0) {
    view.Delete(Table::kOutbox, std::move(key));
  } else {
    PutRow(view, Table::kOutbox, std::move(key), row);
  }
  return absl::OkStatus();
}

absl::Status LeaveGroup(const std::string& connection, uint64_t group,
                        const ItemRef& ref, TableView& view) {
  std::string key = NumberKey(connection, group);
  QANTARA_ASSIGN_OR_RETURN(std::optional<SuspectRow> row,
                           FindRow<SuspectRow>(view, Table::kSuspects, key));
  if (!row.has_value()) return absl::OkStatus();
  auto& items = *row->mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const ItemRef& item) {
                               return item.import_id() == ref.import_id() &&
                                      item.line() == ref.line();
                             }),
              items.end());
  if (items.empty()) {
    view.Delete(Table::kSuspects, std::move(key));
  } else {
    PutRow(view, Table::kSuspects, std::move(key), *row);
  }
  return absl::OkStatus();
}

absl::Status JoinGroup(const std::string& connection, uint64_t group,
                       const ItemRef& ref, TableView& view) {
  std::string key = NumberKey(connection, group);
  QANTARA_ASSIGN_OR_RETURN(std::optional<SuspectRow> row,
                           FindRow<SuspectRow>(view, Table::kSuspects, key));
  if (!row.has_value()) row.emplace();
  *row->add_items() = ref;
  PutRow(view, Table::kSuspects, std::move(key), *row);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ItemChange> LoadItem(const std::string& connection,
                                    const ItemRef& ref,
                                    const TableView& view) {
  ItemChange change;
  change.key = ItemKey(connection, ref.import_id(), ref.line());
  QANTARA_ASSIGN_OR_RETURN(
      change.row, GetRow<ItemRow>(view, Table::kItems, change.key));
  change.old_state = change.row.state();
  change.old_group = change.row.suspect_group();
  return change;
}

absl::Status StoreItem(const EventRecord& record,
                       const std::string& connection, const ItemRef& ref,
                       ItemChange change, TableView& view) {
  change.row.set_last_position(record.position());
  if (change.old_state != change.row.state()) {
    QANTARA_RETURN_IF_ERROR(MoveCount(record, connection, ref, change, view));
    QANTARA_RETURN_IF_ERROR(MoveOutbox(connection, ref, change, view));
  }
  const uint64_t group = change.row.suspect_group();
  if (group != change.old_group) {
    if (change.old_group != 0) {
      QANTARA_RETURN_IF_ERROR(
          LeaveGroup(connection, change.old_group, ref, view));
    }
    if (group != 0) {
      QANTARA_RETURN_IF_ERROR(JoinGroup(connection, group, ref, view));
    }
  }
  PutRow(view, Table::kItems, std::move(change.key), change.row);
  return absl::OkStatus();
}

absl::Status DissolveGroup(const std::string& connection, uint64_t group,
                           TableView& view) {
  std::string key = NumberKey(connection, group);
  QANTARA_ASSIGN_OR_RETURN(std::optional<SuspectRow> row,
                           FindRow<SuspectRow>(view, Table::kSuspects, key));
  if (!row.has_value()) return absl::OkStatus();
  for (const ItemRef& ref : row->items()) {
    std::string item_key = ItemKey(connection, ref.import_id(), ref.line());
    QANTARA_ASSIGN_OR_RETURN(ItemRow item,
                             GetRow<ItemRow>(view, Table::kItems, item_key));
    item.set_suspect_group(0);
    PutRow(view, Table::kItems, std::move(item_key), item);
  }
  view.Delete(Table::kSuspects, std::move(key));
  return absl::OkStatus();
}

}  // namespace qantara::domain
