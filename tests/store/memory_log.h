// A log that needs no disk.
#ifndef QANTARA_TESTS_STORE_MEMORY_LOG_H_
#define QANTARA_TESTS_STORE_MEMORY_LOG_H_

#include <cstdlib>
#include <memory>

#include "rocksdb/env.h"
#include "store/rocksdb_event_log.h"

namespace qantara::store {

// Opened at once, empty.
class MemoryLog {
 public:
  MemoryLog() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    RocksdbEventLog::Options options;
    options.directory = "/data";
    options.env = env_.get();
    auto log = RocksdbEventLog::Open(options);
    if (!log.ok()) abort();
    log_ = *std::move(log);
  }

  RocksdbEventLog& log() { return *log_; }

 private:
  const std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<RocksdbEventLog> log_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_MEMORY_LOG_H_
