// How RocksDB is set up, for the log and for the tables.
#ifndef QANTARA_STORE_DATABASE_OPTIONS_H_
#define QANTARA_STORE_DATABASE_OPTIONS_H_

#include <cstddef>
#include <vector>

#include "rocksdb/db.h"

namespace qantara::store {

// The log: never reuses or reorders what it writes ahead, and recovers to the
// last whole commit.
rocksdb::DBOptions LogDatabaseOptions(rocksdb::Env& env);

// The families of the log, in the order of LogFamily.
std::vector<rocksdb::ColumnFamilyDescriptor> LogFamilies();

// The tables: many small writes, point reads, recovery to an earlier position
// is fine. `memory_bytes` bounds the unwritten rows of all tables together.
rocksdb::DBOptions TableDatabaseOptions(rocksdb::Env& env, size_t memory_bytes);

// The families of the tables: `meta`, then domain::kAllTables in their order.
// They share a cache of `cache_bytes`.
std::vector<rocksdb::ColumnFamilyDescriptor> TableFamilies(size_t cache_bytes);

}  // namespace qantara::store

#endif  // QANTARA_STORE_DATABASE_OPTIONS_H_
