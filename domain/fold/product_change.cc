#include "domain/fold/product_change.h"

#include <algorithm>
#include <utility>

#include "domain/fold/connection_change.h"
#include "domain/item_state.h"
#include "domain/product_fields.h"
#include "domain/remote_id.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {

using tables::v1::ProductPointer;
using tables::v1::ProductRow;

namespace {

// Whether an item in this state has a place among the others of its product.
bool HasTurn(v1::ItemState state) {
  return IsOpen(state) && state != v1::ITEM_STATE_BLOCKED;
}

}  // namespace

absl::StatusOr<ProductRow> LoadProduct(const std::string& connection,
                                       uint64_t product_id,
                                       const TableView& view) {
  return GetRow<ProductRow>(view, Table::kProducts,
                            NumberKey(connection, product_id));
}

void StoreProduct(const events::v1::EventRecord& record,
                  const std::string& connection, ProductRow row,
                  TableView& view) {
  row.set_revision(row.revision() + 1);
  row.set_last_position(record.position());
  PutRow(view, Table::kProducts, NumberKey(connection, row.product_id()), row);
}

absl::Status MapProduct(const std::string& connection,
                        const v1::RemoteProduct& remote, ProductRow* row,
                        TableView& view) {
  if (!row->remote_id().empty() && row->remote_id() != remote.id()) {
    UnmapProduct(connection, row, view);
  }
  row->set_remote_id(remote.id());
  row->set_state(v1::MAPPING_STATE_MAPPED);
  auto& former = *row->mutable_former_remote_ids();
  former.erase(std::remove(former.begin(), former.end(), remote.id()),
               former.end());
  row->clear_duplicate_remote_ids();
  ProductPointer pointer;
  pointer.set_product_id(row->product_id());
  PutRow(view, Table::kRemoteIds, TextKey(connection, remote.id()), pointer);
  Acknowledge(remote, row);
  return RaiseHighestRemoteId(connection, remote.id(), view);
}

void UnmapProduct(const std::string& connection, ProductRow* row,
                  TableView& view) {
  if (row->remote_id().empty()) return;
  ProductPointer pointer;
  pointer.set_product_id(row->product_id());
  pointer.set_former(true);
  PutRow(view, Table::kRemoteIds, TextKey(connection, row->remote_id()),
         pointer);
  row->add_former_remote_ids(row->remote_id());
  row->clear_remote_id();
  row->clear_acknowledged();
  row->clear_content_digest();
  row->clear_content_unsent();
  row->clear_differing_fields();
  row->clear_drift();
  row->set_state(v1::MAPPING_STATE_STALE);
}

void Acknowledge(const v1::RemoteProduct& remote, ProductRow* row) {
  *row->mutable_acknowledged() = remote;
  // Stock moves by itself and has a table of its own.
  row->mutable_acknowledged()->clear_stock();
  row->mutable_acknowledged()->clear_stock_told();
  row->clear_drift();
  row->clear_differing_fields();
  for (const v1::FieldDifference& difference :
       CompareWithRemote(row->desired(), remote)) {
    row->add_differing_fields(difference.field());
  }
}

void StampFields(uint64_t position, const v1::Product& fields,
                 ProductRow* row) {
  for (const std::string& path : PresentFields(fields)) {
    auto& stamps = *row->mutable_field_stamps();
    auto stamp = std::find_if(stamps.begin(), stamps.end(),
                              [&](const auto& s) { return s.field() == path; });
    if (stamp == stamps.end()) {
      stamps.Add()->set_field(path);
      stamp = stamps.end() - 1;
    }
    stamp->set_position(std::max<uint64_t>(stamp->position(), position));
  }
}

void RememberContent(const tables::v1::ItemRow& item, ProductRow* row) {
  const auto& stamps = row->field_stamps();
  const bool overruled =
      item.accepted_position() < row->content_position() ||
      std::any_of(stamps.begin(), stamps.end(), [&](const auto& stamp) {
        return stamp.position() > item.accepted_position();
      });
  if (row->content_digest() != item.digest()) row->clear_content_unsent();
  if (overruled) {
    row->clear_content_digest();
  } else {
    row->set_content_digest(item.digest());
  }
  row->set_content_position(
      std::max<uint64_t>(row->content_position(), item.accepted_position()));
}

void TrackItem(uint64_t accepted, v1::ItemState before, v1::ItemState after,
               ProductRow* row) {
  row->set_open_items(row->open_items() + (IsOpen(after) ? 1 : 0) -
                      (IsOpen(before) ? 1 : 0));
  auto& turns = *row->mutable_item_turns();
  if (HasTurn(before) && !HasTurn(after)) {
    const auto turn = std::find(turns.begin(), turns.end(), accepted);
    if (turn != turns.end()) turns.erase(turn);
  } else if (!HasTurn(before) && HasTurn(after)) {
    turns.Add(accepted);
    std::sort(turns.begin(), turns.end());
  }
}

absl::Status RaiseHighestRemoteId(const std::string& connection,
                                  const std::string& remote_id,
                                  TableView& view) {
  return ChangeConnection(
      connection, view, [&](tables::v1::ConnectionRow& row) {
        if (!IsOrderedRemoteId(remote_id) ||
            !IsAboveRemoteId(remote_id, row.highest_remote_id())) {
          return false;
        }
        row.set_highest_remote_id(remote_id);
        return true;
      });
}

}  // namespace qantara::domain
