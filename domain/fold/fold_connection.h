// Fold of what operators do to a connection. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_CONNECTION_H_
#define QANTARA_DOMAIN_FOLD_FOLD_CONNECTION_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldConnectionPaused(const events::v1::ConnectionPaused& event,
                                  TableView& view);
absl::Status FoldConnectionResumed(const events::v1::EventRecord& record,
                                   const events::v1::ConnectionResumed& event,
                                   TableView& view);
absl::Status FoldLogRestored(const events::v1::EventRecord& record,
                             const events::v1::LogRestored& event,
                             TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_CONNECTION_H_
