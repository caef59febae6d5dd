// Copies the log while it is in use.
#ifndef QANTARA_DOMAIN_PORTS_LOG_BACKUP_H_
#define QANTARA_DOMAIN_PORTS_LOG_BACKUP_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"

namespace qantara::domain {

// How far a backup is.
struct BackupProgress {
  uint64_t bytes_copied = 0;
  uint64_t bytes_total = 0;
  // Events of the copy that were read back and are right.
  Position checked = 0;
  // Position of the last event in it; known once everything is copied.
  Position position = 0;
  // Digest of everything up to `position`, 32 bytes; empty for an empty log.
  std::string digest;
  // Whether the directory is there under its name, and on disk.
  bool complete = false;
};

// A backup under way. One thread at a time; the log must outlive it. When it is
// destroyed before it is complete, what it wrote is removed.
class BackupWork {
 public:
  virtual ~BackupWork() = default;

  // Does the next part: some MiB of copying, or of reading back.
  //
  // Errors: kDataLoss (LOG_DAMAGED) when the log cannot be read or the copy is
  // not what it should be; kUnavailable when a disk refuses. After an error it
  // goes no further.
  virtual absl::StatusOr<BackupProgress> Next() = 0;
};

// Thread-safe.
class BackupSource {
 public:
  virtual ~BackupSource() = default;

  // Begins to copy the log as it is now into `directory`, a path on the same
  // machine whose parent exists. It appears under that name when it is complete
  // and on disk; until then it is called DIRECTORY.partial. `now` stands in it.
  // One backup at a time.
  //
  // Errors: kAlreadyExists when `directory` is there and not empty;
  // kUnavailable (LOG_UNAVAILABLE) when the disk refuses.
  virtual absl::StatusOr<std::unique_ptr<BackupWork>> BeginBackup(
      const std::string& directory, absl::Time now) = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_LOG_BACKUP_H_
