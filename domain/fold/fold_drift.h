// Fold of drift. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_DRIFT_H_
#define QANTARA_DOMAIN_FOLD_FOLD_DRIFT_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldProductsDrifted(const events::v1::EventRecord& record,
                                 const events::v1::ProductsDrifted& event,
                                 TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_DRIFT_H_
