// Reads events of the log from its database.
#ifndef QANTARA_STORE_LOG_READER_H_
#define QANTARA_STORE_LOG_READER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"
#include "store/database.h"

namespace qantara::store {

// Both return events up to position `last` at most, within `limit`, but at
// least one where there is one. Thread-safe.
//
// Errors: kDataLoss, with the position, when an event is missing or damaged;
// kUnavailable when the disk refuses.

// Events from `first` on; `first` must not be above `last`.
absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadEvents(
    const Database& database, domain::Position first, domain::Position last,
    domain::ReadLimit limit);

// Events of one stream with revisions above `after`.
absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadStreamEvents(
    const Database& database, absl::string_view stream, domain::Revision after,
    domain::Position last, domain::ReadLimit limit);

}  // namespace qantara::store

#endif  // QANTARA_STORE_LOG_READER_H_
