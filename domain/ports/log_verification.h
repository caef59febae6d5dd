// Checks the whole log while it is in use.
//
// A port of its own beside EventLog: who reads or appends need not know how
// the log proves itself.
#ifndef QANTARA_DOMAIN_PORTS_LOG_VERIFICATION_H_
#define QANTARA_DOMAIN_PORTS_LOG_VERIFICATION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"

namespace qantara::domain {

// How far a verification came.
struct LogChecked {
  // Position at which it ends: the head when it began.
  Position last = 0;
  // Every event up to this one is right in itself, and at its place.
  Position events = 0;
  // Entries of streams that follow each other without gap, up to `last`.
  uint64_t revisions = 0;
  // Streams whose revisions were checked to the end.
  uint64_t streams = 0;
  // Whether everything was checked.
  bool complete = false;
  // Digest of everything up to `events`: two logs with the same one hold the
  // same. 32 bytes; empty for an empty log.
  std::string digest;
};

// A verification under way. One thread at a time; what it verifies must outlive
// it. It holds nothing between two steps but where it is.
class LogVerification {
 public:
  // Events, or entries of streams, of one step at the least, where there are
  // as many; a commit is never parted.
  static constexpr int kStepEvents = 1024;

  virtual ~LogVerification() = default;

  // Checks the next part, first events and then revisions.
  //
  // Errors: kDataLoss (LOG_DAMAGED) with the first position that is wrong;
  // kUnavailable when the disk refuses. After an error it goes no further.
  virtual absl::StatusOr<LogChecked> Next() = 0;
};

// Thread-safe.
class VerifiableLog {
 public:
  virtual ~VerifiableLog() = default;

  // Begins to check everything that is committed: that positions have no gap,
  // that each commit has the digest of its events and continues the one before,
  // that each stream holds its events in order and without gap, and no others.
  virtual std::unique_ptr<LogVerification> BeginVerification() const = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_LOG_VERIFICATION_H_
