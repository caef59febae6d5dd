// What a changed item changes around it: its import's counts, the outbox, the
// group of suspects. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_ITEM_CHANGE_H_
#define QANTARA_DOMAIN_FOLD_ITEM_CHANGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// One item of an event, loaded, to be changed and stored again.
struct ItemChange {
  std::string key;
  tables::v1::ItemRow row;
  v1::ItemState old_state = v1::ITEM_STATE_UNSPECIFIED;
  uint64_t old_group = 0;
};

// Loads the item that `ref` names.
absl::StatusOr<ItemChange> LoadItem(const std::string& connection,
                                    const events::v1::ItemRef& ref,
                                    const TableView& view);

// Stores the changed item and everything that follows from its new state.
absl::Status StoreItem(const events::v1::EventRecord& record,
                       const std::string& connection,
                       const events::v1::ItemRef& ref, ItemChange change,
                       TableView& view);

// Narrows the search from `group` to `smaller`: what is left in the group is
// pooled until the search ends. Its items that are suspects of `smaller` have
// left it already.
absl::Status NarrowGroup(const std::string& connection, uint64_t group,
                         uint64_t smaller, TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_ITEM_CHANGE_H_
