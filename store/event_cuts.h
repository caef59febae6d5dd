// Which events of the log's database are cut, and what is written for them.
#ifndef QANTARA_STORE_EVENT_CUTS_H_
#define QANTARA_STORE_EVENT_CUTS_H_

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "domain/ports/event_log.h"
#include "domain/ports/history_cutter.h"
#include "store/database.h"

namespace rocksdb {
class WriteBatch;
}  // namespace rocksdb

namespace qantara::store {

// Adds to `writes` what replaces the events at `positions`, as
// HistoryCutter::Cut promises; `head` is the end of the newest commit. Reads
// only.
//
// Errors: kInvalidArgument, kDataLoss and kUnavailable (the disk refuses to
// read).
absl::StatusOr<domain::CutResult> CollectCuts(
    const Database& database, absl::Span<const domain::Position> positions,
    domain::Position head, rocksdb::WriteBatch* writes);

}  // namespace qantara::store

#endif  // QANTARA_STORE_EVENT_CUTS_H_
