// Reads and checks the chain of commits in the log's database.
#ifndef QANTARA_STORE_COMMIT_CHAIN_H_
#define QANTARA_STORE_COMMIT_CHAIN_H_

#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"
#include "store/database.h"
#include "store/log_format.h"

namespace qantara::store {

// All return kDataLoss for what is damaged and kUnavailable when the disk
// refuses. Thread-safe.

// The newest commit, or nothing where the log is empty.
absl::StatusOr<std::optional<Commit>> LastCommit(const Database& database);

// The commit that ends at `last`, or nothing where no commit does.
absl::StatusOr<std::optional<Commit>> FindCommit(const Database& database,
                                                 domain::Position last);

// The first commit that ends above `after`, or nothing: the one of the event
// that follows `after`.
absl::StatusOr<std::optional<Commit>> NextCommit(const Database& database,
                                                 domain::Position after);

// Checks one event of a commit beyond what its digest tells.
using EventCheck =
    absl::FunctionRef<absl::Status(const events::v1::EventRecord& record)>;

// Checks that the commit continues the one before it and that its digest is
// that of its events; also each event by `check`.
absl::Status CheckCommit(const Database& database, const Commit& commit,
                         EventCheck check);

// Checks the commit of the event that follows `after`, at which the one before
// ends, as CheckCommit does; there must be one. Returns it.
absl::StatusOr<Commit> CheckNextCommit(const Database& database,
                                       domain::Position after,
                                       EventCheck check);

// Takes every event.
inline absl::Status NoFurtherCheck(const events::v1::EventRecord&) {
  return absl::OkStatus();
}

// Position of the newest event, whether or not a commit holds it.
absl::StatusOr<domain::Position> LastEvent(const Database& database);

}  // namespace qantara::store

#endif  // QANTARA_STORE_COMMIT_CHAIN_H_
