// Checks the log in its database, part by part.
#ifndef QANTARA_STORE_LOG_VERIFIER_H_
#define QANTARA_STORE_LOG_VERIFIER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/log_verification.h"
#include "store/database.h"

namespace qantara::store {

// Appending and cutting may go on meanwhile: what is newer than `last` is left
// out, and an event is right whole or cut.
class LogVerifier : public domain::LogVerification {
 public:
  // Checks up to `last`, which ends a commit or is 0. `database` must outlive
  // it; null: there is none yet, and nothing to check.
  LogVerifier(const Database* database, domain::Position last);

  absl::StatusOr<domain::LogChecked> Next() override;

 private:
  // A part of the events, and the entries of their streams.
  absl::Status CheckEvents();
  // A part of the streams. Where every event has its own entry, and there are
  // no more entries than events, no entry is another event's.
  absl::Status CheckRevisions();
  absl::Status CheckEntry(absl::string_view stream, domain::Revision revision,
                          domain::Position position);
  // The stream that was looked at has no more entries.
  absl::Status EndStream(const rocksdb::ReadOptions& read);

  const Database* const database_;
  domain::LogChecked checked_;
  // The last entry that was looked at; an empty stream: none.
  std::string stream_;
  domain::Revision revision_ = 0;
  domain::Position position_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_LOG_VERIFIER_H_
