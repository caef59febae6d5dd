// Fold of the updates of products. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_UPDATE_H_
#define QANTARA_DOMAIN_FOLD_FOLD_UPDATE_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldUpdateRecorded(const events::v1::EventRecord& record,
                                const events::v1::ProductUpdateRecorded& event,
                                TableView& view);
absl::Status FoldUpdateIntended(const events::v1::EventRecord& record,
                                const events::v1::UpdateIntended& event,
                                TableView& view);
absl::Status FoldUpdateAnswered(const events::v1::EventRecord& record,
                                const events::v1::UpdateAnswered& event,
                                TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_UPDATE_H_
