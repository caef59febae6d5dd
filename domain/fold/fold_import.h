// Fold of the events of imports. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_
#define QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_

#include <string>

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

absl::Status FoldImportOpened(const events::v1::EventRecord& record,
                              const events::v1::ImportOpened& event,
                              TableView& view);
absl::Status FoldLinesAccepted(const events::v1::EventRecord& record,
                               const events::v1::ImportLinesAccepted& event,
                               TableView& view);
absl::Status FoldImportEnded(const events::v1::EventRecord& record,
                             const events::v1::ImportEnded& event,
                             TableView& view);
absl::Status FoldImportVerified(const events::v1::EventRecord& record,
                                const events::v1::ImportVerified& event,
                                TableView& view);

// Notes in `row` how many records of the connection this server did not create,
// where that was counted.
absl::Status RememberCount(const std::string& connection, const TableView& view,
                           tables::v1::ImportRow* row);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_
