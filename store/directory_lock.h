// One process per data directory.
#ifndef QANTARA_STORE_DIRECTORY_LOCK_H_
#define QANTARA_STORE_DIRECTORY_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"

namespace qantara::store {

// Holds a directory for this process until destroyed, by a lock on its file
// `LOCK`. The kernel lets go of it when the process dies.
class DirectoryLock {
 public:
  // Errors: kFailedPrecondition when the directory is in use already, by
  // another process or by this one; kUnavailable when the file cannot be made.
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Acquire(
      rocksdb::Env& env, const std::string& directory);

  ~DirectoryLock();

  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  DirectoryLock(rocksdb::Env& env, rocksdb::FileLock* lock)
      : env_(env), lock_(lock) {}

  rocksdb::Env& env_;
  rocksdb::FileLock* lock_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_DIRECTORY_LOCK_H_
