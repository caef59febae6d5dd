// A file system that passes failpoints between writing and syncing the log.
#ifndef QANTARA_STORE_FAILPOINT_ENV_H_
#define QANTARA_STORE_FAILPOINT_ENV_H_

#include <memory>

#include "rocksdb/env.h"

namespace qantara::store {

// The machine's own file system, with the failpoints kLogWritten and kLogSynced
// around each sync of a write-ahead log below `.../log/`. RocksDB writes and
// syncs in one call, so they cannot stand in our code. Thread-safe; must
// outlive what is opened with it.
std::unique_ptr<rocksdb::Env> NewFailpointEnv();

}  // namespace qantara::store

#endif  // QANTARA_STORE_FAILPOINT_ENV_H_
