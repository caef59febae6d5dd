#include "store/directory_lock.h"

#include "absl/memory/memory.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "store/rocksdb_status.h"

namespace qantara::store {

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Acquire(
    rocksdb::Env& env, const std::string& directory) {
  rocksdb::FileLock* lock = nullptr;
  const rocksdb::Status status =
      env.LockFile(absl::StrCat(directory, "/LOCK"), &lock);
  if (status.ok()) return absl::WrapUnique(new DirectoryLock(env, lock));
  // RocksDB has no code that tells the two apart.
  if (absl::StrContains(status.ToString(), "While open a file for lock")) {
    return ToStatus(status, absl::StrCat("locking ", directory));
  }
  return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                           v1::ERROR_REASON_LOG_UNAVAILABLE,
                           absl::StrCat("data directory ", directory,
                                        " is in use by another process"));
}

DirectoryLock::~DirectoryLock() {
  env_.UnlockFile(lock_).PermitUncheckedError();
}

}  // namespace qantara::store
