#include "domain/fold/item_change.h"

#include <algorithm>
#include <utility>

#include "domain/error.h"
#include "domain/fold/parked_index.h"
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

absl::Status MoveCount(const EventRecord& record, const std::string& connection,
                       const ItemRef& ref, const ItemChange& change,
                       TableView& view) {
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
  } else if (row.waiting() > 0) {
    row.set_waiting(row.waiting() - 1);
  } else {
    return MakeError(absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
                     "an item waits outside the outbox");
  }
  if (row.waiting() == 0) {
    view.Delete(Table::kOutbox, std::move(key));
  } else {
    PutRow(view, Table::kOutbox, std::move(key), row);
  }
  return absl::OkStatus();
}

absl::Status SetGroup(const std::string& connection, const ItemRef& ref,
                      uint64_t group, TableView& view) {
  std::string key = ItemKey(connection, ref.import_id(), ref.line());
  QANTARA_ASSIGN_OR_RETURN(ItemRow item,
                           GetRow<ItemRow>(view, Table::kItems, key));
  item.set_suspect_group(group);
  PutRow(view, Table::kItems, std::move(key), item);
  return absl::OkStatus();
}

// The search ended: nobody of the group is suspected any more.
absl::Status EndSearch(const std::string& connection, std::string key,
                       const SuspectRow& row, TableView& view) {
  for (const auto* refs : {&row.items(), &row.pooled()}) {
    for (const ItemRef& ref : *refs) {
      QANTARA_RETURN_IF_ERROR(SetGroup(connection, ref, 0, view));
    }
  }
  view.Delete(Table::kSuspects, std::move(key));
  return absl::OkStatus();
}

absl::Status LeaveGroup(const std::string& connection, uint64_t group,
                        const ItemRef& ref, bool guilty, TableView& view) {
  std::string key = NumberKey(connection, group);
  QANTARA_ASSIGN_OR_RETURN(std::optional<SuspectRow> row,
                           FindRow<SuspectRow>(view, Table::kSuspects, key));
  if (!row.has_value()) return absl::OkStatus();
  const auto is_it = [&](const ItemRef& item) {
    return item.import_id() == ref.import_id() && item.line() == ref.line();
  };
  for (auto* refs : {row->mutable_items(), row->mutable_pooled()}) {
    refs->erase(std::remove_if(refs->begin(), refs->end(), is_it), refs->end());
  }
  if (guilty || row->items().empty()) {
    return EndSearch(connection, std::move(key), *row, view);
  }
  PutRow(view, Table::kSuspects, std::move(key), *row);
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
                                    const ItemRef& ref, const TableView& view) {
  ItemChange change;
  change.key = ItemKey(connection, ref.import_id(), ref.line());
  QANTARA_ASSIGN_OR_RETURN(change.row,
                           GetRow<ItemRow>(view, Table::kItems, change.key));
  change.old_state = change.row.state();
  change.old_group = change.row.suspect_group();
  return change;
}

absl::Status StoreItem(const EventRecord& record, const std::string& connection,
                       const ItemRef& ref, ItemChange change, TableView& view) {
  change.row.set_last_position(record.position());
  if (change.old_state != change.row.state()) {
    QANTARA_RETURN_IF_ERROR(MoveCount(record, connection, ref, change, view));
    QANTARA_RETURN_IF_ERROR(MoveOutbox(connection, ref, change, view));
  }
  IndexParkedItem(change.key, change.old_state, change.row, view);
  const uint64_t group = change.row.suspect_group();
  if (group != change.old_group) {
    if (change.old_group != 0) {
      const bool guilty = change.row.state() == v1::ITEM_STATE_REJECTED;
      QANTARA_RETURN_IF_ERROR(
          LeaveGroup(connection, change.old_group, ref, guilty, view));
    }
    if (group != 0) {
      QANTARA_RETURN_IF_ERROR(JoinGroup(connection, group, ref, view));
    }
  }
  PutRow(view, Table::kItems, std::move(change.key), change.row);
  return absl::OkStatus();
}

absl::Status NarrowGroup(const std::string& connection, uint64_t group,
                         uint64_t smaller, TableView& view) {
  std::string key = NumberKey(connection, group);
  QANTARA_ASSIGN_OR_RETURN(std::optional<SuspectRow> from,
                           FindRow<SuspectRow>(view, Table::kSuspects, key));
  if (!from.has_value()) return absl::OkStatus();
  std::string smaller_key = NumberKey(connection, smaller);
  QANTARA_ASSIGN_OR_RETURN(
      SuspectRow to, GetRow<SuspectRow>(view, Table::kSuspects, smaller_key));
  for (const auto* refs : {&from->items(), &from->pooled()}) {
    for (const ItemRef& ref : *refs) {
      *to.add_pooled() = ref;
      QANTARA_RETURN_IF_ERROR(SetGroup(connection, ref, smaller, view));
    }
  }
  view.Delete(Table::kSuspects, std::move(key));
  PutRow(view, Table::kSuspects, std::move(smaller_key), to);
  return absl::OkStatus();
}

}  // namespace qantara::domain
