// The files of a data directory as values: to keep, to damage, to put back.
#ifndef QANTARA_TESTS_STORE_DISK_IMAGE_H_
#define QANTARA_TESTS_STORE_DISK_IMAGE_H_

#include <map>
#include <memory>
#include <string>

#include "rocksdb/env.h"

namespace qantara::store {

// Bytes by absolute path.
using DiskImage = std::map<std::string, std::string>;

// A file system in memory that holds these files and nothing else.
std::unique_ptr<rocksdb::Env> EnvOf(const DiskImage& image);

// All files below `directory`, without RocksDB's empty LOCK.
DiskImage ImageOf(rocksdb::Env& env, const std::string& directory);

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_DISK_IMAGE_H_
