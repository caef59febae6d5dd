// The files of a process that may be killed, on a disk that stays.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_PROCESS_FILES_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_PROCESS_FILES_H_

#include <rocksdb/file_system.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace qantara::server {

// Passes everything on to a disk that other processes use before and after it.
// What SIGKILL does: everything that was written stays, synced or not, and
// nothing is written any more; locks are let go. Threads of the process may run
// on: all that they try to write fails. Thread-safe.
//
// Files in which RocksDB keeps a copy of its options are not made.
class ProcessFiles : public rocksdb::FileSystemWrapper {
 public:
  explicit ProcessFiles(std::shared_ptr<rocksdb::FileSystem> disk)
      : FileSystemWrapper(std::move(disk)) {}

  const char* Name() const override { return "ProcessFiles"; }

  // Kills the process between two changes of its files, if it lives.
  void Kill();

  struct Plan {
    // Changes and syncs that are still done.
    uint64_t changes = 0;
    // Bytes of the next change that get to the file, where it is one of
    // appending; the signal came in the middle of it.
    uint64_t bytes = 0;
    // Runs when it is killed; must not use the files.
    std::function<void()> killed = [] {};
  };
  // Kills the process some changes later; without a plan not any more.
  void KillLater(std::optional<Plan> plan);

  // What was done before this was false was done before the kill.
  bool dead() const { return dead_; }

  // A planted bug: what is written last to a write-ahead log, or to the marker
  // beside the log, stays in the process's memory until more is written there.
  void KeepWritesInMemory() { keeps_writes_ = true; }

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
  rocksdb::IOStatus LockFile(const std::string& path,
                             const rocksdb::IOOptions& options,
                             rocksdb::FileLock** lock,
                             rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus UnlockFile(rocksdb::FileLock* lock,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class WritableFile;
  class RandomRWFile;
  class Lock;

  // Does `change` while the process lives; `torn` where it is killed in it.
  rocksdb::IOStatus Do(
      const std::function<rocksdb::IOStatus()>& change,
      const std::function<void(uint64_t)>& torn = [](uint64_t) {});
  // Whether the last write to that file stays in memory.
  bool Keeps(const std::string& path) const;
  void Die();

  std::mutex mutex_;
  std::optional<Plan> plan_;     // Guarded by mutex_.
  std::set<std::string> locks_;  // Guarded by mutex_.
  std::atomic<bool> dead_{false};
  std::atomic<bool> keeps_writes_{false};
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_PROCESS_FILES_H_
