// Reads and checks the chain of commits in the log's database.
#ifndef QANTARA_STORE_COMMIT_CHAIN_H_
#define QANTARA_STORE_COMMIT_CHAIN_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"
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

// Checks that the commit continues the one before it and that its digest is
// that of its events.
absl::Status CheckCommit(const Database& database, const Commit& commit);

// Position of the newest event, whether or not a commit holds it.
absl::StatusOr<domain::Position> LastEvent(const Database& database);

}  // namespace qantara::store

#endif  // QANTARA_STORE_COMMIT_CHAIN_H_
