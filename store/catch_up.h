// Brings tables up to the log.
#ifndef QANTARA_STORE_CATCH_UP_H_
#define QANTARA_STORE_CATCH_UP_H_

#include <functional>

#include "absl/status/status.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::store {

// What an event changes in the tables; domain::Fold outside of tests.
using Fold = std::function<absl::Status(const events::v1::EventRecord& record,
                                        domain::TableView& view)>;

// Folds the events after the tables' position up to `through` and writes the
// rows in batches. It may be called again after an error.
//
// Errors: kDataLoss when an event or row cannot be read or folded, with the
// position; kFailedPrecondition (LOG_DAMAGED) when the tables reflect events
// beyond `through` that the log does not hold; kUnavailable when the disk
// refuses.
absl::Status CatchUp(const domain::EventLog& log, domain::TableStore& tables,
                     const Fold& fold, domain::Position through);

}  // namespace qantara::store

#endif  // QANTARA_STORE_CATCH_UP_H_
