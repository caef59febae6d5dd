// A file system that writes one write-ahead log to disk before the next begins.
#ifndef QANTARA_STORE_ORDERED_WAL_ENV_H_
#define QANTARA_STORE_ORDERED_WAL_ENV_H_

#include <memory>

#include "rocksdb/env.h"

namespace qantara::store {

// The tables are written without sync: a power cut may take back the newest
// batches, and recovery ends there. But RocksDB does not notice when the end of
// one write-ahead log is gone and the next one is there: the tables would then
// name a position and lack rows. Here the log before is synced when the next
// one is made, so that what is on disk has no hole.
//
// Everything else is passed on to `env`, which must outlive the returned one;
// that in turn must outlive what is opened with it. Thread-safe.
std::unique_ptr<rocksdb::Env> NewOrderedWalEnv(rocksdb::Env& env);

}  // namespace qantara::store

#endif  // QANTARA_STORE_ORDERED_WAL_ENV_H_
