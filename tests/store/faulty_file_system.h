// A file system that fails when it is told to, and can lose its power.
#ifndef QANTARA_TESTS_STORE_FAULTY_FILE_SYSTEM_H_
#define QANTARA_TESTS_STORE_FAULTY_FILE_SYSTEM_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace qantara::store {

// Passes everything on to another file system, besides syncs of files: what
// they are good for is what LosePower leaves. Thread-safe.
class FaultyFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(std::shared_ptr<rocksdb::FileSystem> target)
      : FileSystemWrapper(std::move(target)) {}

  const char* Name() const override { return "FaultyFileSystem"; }

  // What fails: every write and sync, only syncs, or one of them and then none.
  enum class Failing { kAll, kSyncs, kOnce };

  struct Failure {
    Failing failing = Failing::kAll;
    rocksdb::IOStatus status = rocksdb::IOStatus::IOError("the disk is broken");
    // Of files whose path contains it.
    std::string part;
  };

  // Lets `count` more of them pass and fails those after; negative: none.
  void FailAfter(int64_t count, std::string part = "");
  void FailAfter(int64_t count, Failure failure);

  // Writes and syncs so far, of whatever files.
  int64_t operations() const;

  // Cuts every file written through here to what was synced. Call it when
  // nothing has them open any more.
  void LosePower();

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewRandomRWFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class WritableFile;
  class RandomRWFile;

  // Counts one operation; not OK when it must fail.
  rocksdb::IOStatus Operation(const std::string& path, bool sync = false);
  void Synced(const std::string& path, uint64_t size);

  mutable std::mutex mutex_;
  int64_t operations_ = 0;
  // Operations that may still pass; negative: all.
  int64_t left_ = -1;
  Failure failure_;
  // Bytes on disk of each file that was written.
  std::map<std::string, uint64_t> synced_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_FAULTY_FILE_SYSTEM_H_
