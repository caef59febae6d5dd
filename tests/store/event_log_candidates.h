// Event logs that the contract is checked on.
#ifndef QANTARA_TESTS_STORE_EVENT_LOG_CANDIDATES_H_
#define QANTARA_TESTS_STORE_EVENT_LOG_CANDIDATES_H_

#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/rocksdb_event_log.h"
#include "tests/store/log_under_test.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {

// A RocksdbEventLog on some file system.
class RocksdbLogUnderTest : public LogUnderTest {
 public:
  explicit RocksdbLogUnderTest(RocksdbEventLog::Options options)
      : options_(std::move(options)) {
    Reopen();
  }

  domain::EventLog& log() override { return *log_; }
  domain::HistoryCutter& cutter() override { return *log_; }

  void Reopen() override {
    log_.reset();
    auto opened = RocksdbEventLog::Open(options_);
    if (!opened.ok()) {
      ADD_FAILURE() << opened.status();
      abort();
    }
    log_ = *std::move(opened);
  }

 private:
  const RocksdbEventLog::Options options_;
  std::unique_ptr<RocksdbEventLog> log_;
};

// On the machine's file system. `recent_bytes` 0 reads everything from there.
class DiskLogUnderTest : private TemporaryDirectory,
                         public RocksdbLogUnderTest {
 public:
  explicit DiskLogUnderTest(size_t recent_bytes)
      : RocksdbLogUnderTest({path() + "/data", nullptr, recent_bytes, 4}) {}
};

// In memory.
class MemoryLogUnderTest : public LogUnderTest {
 public:
  MemoryLogUnderTest()
      : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
        log_({"/data", env_.get(), 1 << 20, 1024}) {}

  domain::EventLog& log() override { return log_.log(); }
  domain::HistoryCutter& cutter() override { return log_.cutter(); }
  void Reopen() override { log_.Reopen(); }

 private:
  const std::unique_ptr<rocksdb::Env> env_;
  RocksdbLogUnderTest log_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_EVENT_LOG_CANDIDATES_H_
