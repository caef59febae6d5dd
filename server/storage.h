// The log, the tables and the writer of one data directory.
#ifndef QANTARA_SERVER_STORAGE_H_
#define QANTARA_SERVER_STORAGE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/writer.h"

namespace qantara::server {

// Open while it lives; the tables reflect the whole log from the start.
class Storage {
 public:
  // Opens what is in `directory`, or makes it. `env` is RocksDB's file system;
  // null: the machine's own. `clock` and `env` must outlive the storage.
  //
  // Errors: kFailedPrecondition when another process has the directory open, or
  // when it is a backup;
  // kDataLoss; kUnavailable. A damaged log opens all the same, for reading.
  static absl::StatusOr<std::unique_ptr<Storage>> Open(
      const std::string& directory, const domain::Clock& clock,
      rocksdb::Env* env);

  store::RocksdbEventLog& log() { return *log_; }
  store::RocksdbTables& tables() { return *tables_; }
  store::Writer& writer() { return *writer_; }

 private:
  Storage() = default;

  std::unique_ptr<store::RocksdbEventLog> log_;
  std::unique_ptr<store::RocksdbTables> tables_;
  std::unique_ptr<store::Writer> writer_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_STORAGE_H_
