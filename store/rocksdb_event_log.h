// The event log in a RocksDB database of its own.
#ifndef QANTARA_STORE_ROCKSDB_EVENT_LOG_H_
#define QANTARA_STORE_ROCKSDB_EVENT_LOG_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/ports/event_log.h"
#include "domain/ports/history_cutter.h"
#include "domain/ports/log_backup.h"
#include "domain/ports/log_verification.h"

namespace rocksdb {
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace qantara::store {

class Database;
class DirectoryLock;
class HeadMarker;
class RecentEvents;
class StreamRevisions;
struct Commit;
struct Head;

// One Append is one synced write and one link of a chain of digests. A file
// beside the database, DIR/head, says how far the log went; a log that does not
// hold what it says is only read.
//
// Append and Cut are called by different threads without a lock between them:
// they write different keys, and each is one batch of RocksDB, which puts them
// into one order in its write-ahead log. Append never reads what Cut writes.
class RocksdbEventLog : public domain::EventLog,
                        public domain::HistoryCutter,
                        public domain::VerifiableLog,
                        public domain::BackupSource {
 public:
  struct Options {
    // Directory DIR: the log is in DIR/log, its marker in DIR/head. It is made
    // where it does not exist; its parent must exist.
    std::string directory;
    // File system; null: the machine's own. Must outlive the log.
    rocksdb::Env* env = nullptr;
    // Memory that the newest events may take, which stay decoded; an estimate.
    size_t recent_bytes = 8 << 20;
    // Streams whose revision is kept in memory.
    size_t cached_streams = 1 << 16;
  };

  // Opens the log, and makes it where there is none. Holds DIR for this process
  // until destroyed.
  //
  // A log that ends before its marker, has another history than its marker, or
  // whose last commit is damaged opens all the same, but nothing can be
  // appended, and nothing on disk was changed: `writable()` says why.
  //
  // Errors: kFailedPrecondition when another process has DIR open; kDataLoss
  // when the database cannot be opened for its content, or is gone while its
  // marker is there; kUnavailable when the disk refuses.
  static absl::StatusOr<std::unique_ptr<RocksdbEventLog>> Open(
      const Options& options);

  ~RocksdbEventLog() override;

  absl::Status Append(absl::Span<domain::NewEvent> events) override;
  absl::StatusOr<std::vector<domain::EventRecordPtr>> Read(
      domain::Position after, domain::ReadLimit limit) const override;
  absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadStream(
      absl::string_view stream, domain::Revision after,
      domain::ReadLimit limit) const override;
  domain::Position head() const override;
  absl::Status writable() const override;

  absl::StatusOr<domain::CutResult> Cut(
      absl::Span<const domain::Position> positions) override;

  std::unique_ptr<domain::LogVerification> BeginVerification() const override;

  // The checkpoint is made in DIR/backup.tmp.
  absl::StatusOr<std::unique_ptr<domain::BackupWork>> BeginBackup(
      const std::string& directory, absl::Time now) override;

  // Reads every commit after `after` (which ends a commit, or is 0) and checks
  // positions and digests. Returns the last position that was checked.
  //
  // Errors: kDataLoss, with the first position that is wrong.
  absl::StatusOr<domain::Position> Verify(domain::Position after = 0) const;

 private:
  struct Batch;

  explicit RocksdbEventLog(const Options& options);

  // Steps of Open.
  absl::Status OpenDatabase();
  absl::Status Inspect();
  absl::Status CheckAgainstMarker(const Head& head);

  // Steps of Append.
  absl::Status CheckEvent(const domain::NewEvent& event,
                          domain::Position position) const;
  absl::Status AddEvent(domain::NewEvent& event, Batch& batch);
  absl::Status Write(Batch& batch);
  absl::StatusOr<domain::Revision> RevisionOf(absl::string_view stream);

  void StopWriting(absl::Status why);

  const Options options_;
  rocksdb::Env& env_;
  std::unique_ptr<DirectoryLock> lock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<HeadMarker> marker_;
  std::unique_ptr<RecentEvents> recent_;
  std::unique_ptr<StreamRevisions> revisions_;  // Append only.
  std::unique_ptr<Head> newest_;                // Append only.
  std::atomic<domain::Position> head_{0};
  mutable std::mutex mutex_;
  absl::Status writable_;  // Guarded by mutex_.
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_ROCKSDB_EVENT_LOG_H_
