// The derived tables in a RocksDB database of their own.
#ifndef QANTARA_STORE_ROCKSDB_TABLES_H_
#define QANTARA_STORE_ROCKSDB_TABLES_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "domain/ports/tables.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace qantara::store {

class Database;

// One column family per table, and one with the position that they reflect.
// Nothing here is synced: what a crash of the machine takes is folded again.
// Deleting DIR/tables while the server is stopped drops the tables; they are
// folded again from the log.
class RocksdbTables : public domain::TableStore {
 public:
  struct Options {
    // Directory DIR, which must exist; the tables are in DIR/tables.
    std::string directory;
    // File system; null: the machine's own. Must outlive the tables and their
    // snapshots.
    rocksdb::Env* env = nullptr;
    // Tables of another version were made by another fold: they are dropped.
    uint64_t fold_version = 1;
    // Bound of the rows that wait in memory for being written to files.
    size_t memory_bytes = size_t{64} << 20;
    // Cache for reading.
    size_t cache_bytes = size_t{8} << 20;
  };

  // Opens the tables, and makes them where there are none.
  //
  // Errors: kFailedPrecondition when another process has them open; kDataLoss
  // when they are damaged, they can be deleted then; kUnavailable when the disk
  // refuses.
  static absl::StatusOr<std::unique_ptr<RocksdbTables>> Open(
      const Options& options);

  ~RocksdbTables() override;

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override;
  absl::Status Apply(domain::Position through,
                     absl::Span<const domain::TableWrite> writes) override;
  domain::Position position() const override;
  // Waits an hour at the most.
  bool WaitFor(domain::Position position,
               absl::Duration deadline) const override;
  // A snapshot may outlive the tables.
  std::unique_ptr<domain::TableSnapshot> Snapshot() const override;

 private:
  explicit RocksdbTables(std::shared_ptr<Database> database);

  // Whether the tables were made by that fold; writes it into new ones.
  absl::StatusOr<bool> CheckVersion(uint64_t fold_version);
  absl::Status LoadPosition();

  const std::shared_ptr<Database> database_;
  std::atomic<domain::Position> position_{0};
  mutable std::mutex mutex_;
  mutable std::condition_variable applied_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_ROCKSDB_TABLES_H_
