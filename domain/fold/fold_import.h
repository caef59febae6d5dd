// Fold of the events of imports. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_
#define QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

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

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_IMPORT_H_
