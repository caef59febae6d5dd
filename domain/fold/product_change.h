// What changes on a product and its keys. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_PRODUCT_CHANGE_H_
#define QANTARA_DOMAIN_FOLD_PRODUCT_CHANGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Loads the product.
absl::StatusOr<tables::v1::ProductRow> LoadProduct(
    const std::string& connection, uint64_t product_id, const TableView& view);

// Stores the product as changed by `record`.
void StoreProduct(const events::v1::EventRecord& record,
                  const std::string& connection, tables::v1::ProductRow row,
                  TableView& view);

// Maps the product to the record; a former record becomes a former id.
absl::Status MapProduct(const std::string& connection,
                        const v1::RemoteProduct& remote,
                        tables::v1::ProductRow* row, TableView& view);

// Takes the mapping away, because the record is gone.
void UnmapProduct(const std::string& connection, tables::v1::ProductRow* row,
                  TableView& view);

// Takes over what the provider told, and notes the fields that differ from what
// was asked for. What drifted before is acknowledged with it.
void Acknowledge(const v1::RemoteProduct& remote, tables::v1::ProductRow* row);

// Notes that the fields that are present in `fields` were set at `position`,
// unless they were set later.
void StampFields(uint64_t position, const v1::Product& fields,
                 tables::v1::ProductRow* row);

// Notes that all fields of the item's line are acknowledged. Where some were
// set later by others, the line as a whole says nothing. Items that were
// accepted before have been overtaken.
void RememberContent(const tables::v1::ItemRow& item,
                     tables::v1::ProductRow* row);

// Notes that an item of the product changed its state; `before` unspecified: it
// is new. `accepted` is the position of the event that accepted it.
void TrackItem(uint64_t accepted, v1::ItemState before, v1::ItemState after,
               tables::v1::ProductRow* row);

// Raises the connection's highest remote id.
absl::Status RaiseHighestRemoteId(const std::string& connection,
                                  const std::string& remote_id,
                                  TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_PRODUCT_CHANGE_H_
