// Fold of what operators do to what is parked. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_PARKED_H_
#define QANTARA_DOMAIN_FOLD_FOLD_PARKED_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldParkedRetried(const events::v1::EventRecord& record,
                               const events::v1::ParkedRetried& event,
                               TableView& view);
absl::Status FoldParkedDiscarded(const events::v1::EventRecord& record,
                                 const events::v1::ParkedDiscarded& event,
                                 TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_PARKED_H_
