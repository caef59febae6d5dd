// Tables that need no disk.
#ifndef QANTARA_TESTS_STORE_MEMORY_TABLES_H_
#define QANTARA_TESTS_STORE_MEMORY_TABLES_H_

#include <cstdlib>
#include <memory>

#include "rocksdb/env.h"
#include "store/rocksdb_tables.h"

namespace qantara::store {

// Opened at once, empty.
class MemoryTables {
 public:
  MemoryTables() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    RocksdbTables::Options options;
    options.directory = "/data";
    options.env = env_.get();
    if (!env_->CreateDirIfMissing(options.directory).ok()) abort();
    auto tables = RocksdbTables::Open(options);
    if (!tables.ok()) abort();
    tables_ = *std::move(tables);
  }

  RocksdbTables& tables() { return *tables_; }

 private:
  const std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<RocksdbTables> tables_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_MEMORY_TABLES_H_
