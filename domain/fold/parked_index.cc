#include "domain/fold/parked_index.h"

#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

void Index(Table table, const std::string& key, bool was_parked, bool is_parked,
           v1::ErrorReason reason, TableView& view) {
  if (is_parked) {
    tables::v1::ParkedRow row;
    row.set_reason(reason);
    PutRow(view, table, key, row);
  } else if (was_parked) {
    view.Delete(table, key);
  }
}

}  // namespace

void IndexParkedItem(const std::string& key, v1::ItemState before,
                     const tables::v1::ItemRow& item, TableView& view) {
  Index(Table::kParkedItems, key, before == v1::ITEM_STATE_PARKED,
        item.state() == v1::ITEM_STATE_PARKED, item.reason(), view);
}

void IndexParkedUpdate(const std::string& connection, uint64_t position,
                       v1::UpdateState before,
                       const tables::v1::UpdateRow& update, TableView& view) {
  Index(Table::kParkedUpdates, NumberKey(connection, position),
        before == v1::UPDATE_STATE_PARKED,
        update.state() == v1::UPDATE_STATE_PARKED, update.reason(), view);
}

}  // namespace qantara::domain
