// Fold of creating requests and of what came of items. Part of
// domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_CREATE_H_
#define QANTARA_DOMAIN_FOLD_FOLD_CREATE_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldCreateIntended(const events::v1::EventRecord& record,
                                const events::v1::CreateIntended& event,
                                TableView& view);
absl::Status FoldCreateAnswered(const events::v1::EventRecord& record,
                                const events::v1::CreateAnswered& event,
                                TableView& view);
absl::Status FoldItemsSettled(const events::v1::EventRecord& record,
                              const events::v1::ItemsSettled& event,
                              TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_CREATE_H_
