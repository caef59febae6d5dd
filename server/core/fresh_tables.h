// Tables for answering: never older than what the caller has been told.
#ifndef QANTARA_SERVER_CORE_FRESH_TABLES_H_
#define QANTARA_SERVER_CORE_FRESH_TABLES_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"

namespace qantara::server {

// How long a reader waits for the tables to catch up with the log.
inline constexpr absl::Duration kFreshWait = absl::Seconds(10);
inline constexpr absl::Duration kStoppedWait = absl::Milliseconds(100);

// Thread-safe; the log and the tables must outlive it.
class FreshTables {
 public:
  // `stopped` says whether nothing is written any more; it is called by any
  // thread.
  FreshTables(
      const domain::EventLog& log, const domain::TableStore& tables,
      std::function<bool()> stopped = [] { return false; })
      : log_(log), tables_(tables), stopped_(std::move(stopped)) {}

  // Returns the tables as of now or later: everything that was committed when
  // this was called is in them. Blocks up to kFreshWait.
  //
  // Where nothing is written any more because the disk refuses, the tables may
  // lack the newest commits until the next start: they are returned as they
  // are, after kStoppedWait.
  //
  // Errors: kResourceExhausted (OVERLOADED) when they lag too far behind.
  absl::StatusOr<std::unique_ptr<domain::TableSnapshot>> Get() const;

  // Returns the tables as of `position` or later. Blocks up to kFreshWait.
  //
  // Errors: as above.
  absl::StatusOr<std::unique_ptr<domain::TableSnapshot>> GetAt(
      domain::Position position) const;

  // Returns the tables as they are, without waiting.
  std::unique_ptr<domain::TableSnapshot> GetAsIs() const {
    return tables_.Snapshot();
  }

 private:
  const domain::EventLog& log_;
  const domain::TableStore& tables_;
  const std::function<bool()> stopped_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_FRESH_TABLES_H_
