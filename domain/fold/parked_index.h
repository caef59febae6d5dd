// The indexes of what is parked. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_PARKED_INDEX_H_
#define QANTARA_DOMAIN_FOLD_PARKED_INDEX_H_

#include <cstdint>
#include <string>

#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Notes that the item at `key` of the table of items became `item`; `before`
// unspecified: it is new.
void IndexParkedItem(const std::string& key, v1::ItemState before,
                     const tables::v1::ItemRow& item, TableView& view);

// The same for the update that was recorded at `position`.
void IndexParkedUpdate(const std::string& connection, uint64_t position,
                       v1::UpdateState before,
                       const tables::v1::UpdateRow& update, TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_PARKED_INDEX_H_
