// What a program did to its disk, in order, and what a power cut after any part
// of it would leave there.
#ifndef QANTARA_TESTS_STORE_RECORDED_DISK_H_
#define QANTARA_TESTS_STORE_RECORDED_DISK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "tests/store/disk_image.h"

namespace qantara::store {

// One change.
struct DiskOperation {
  enum Kind {
    kCreate,         // `path` is a new, empty file.
    kAppend,         // `text` behind the end of `path`.
    kWriteAt,        // `text` at `number` in `path`.
    kTruncate,       // `path` has `number` bytes.
    kSync,           // What was written to `path` is on disk.
    kRename,         // `path` is called `text`.
    kDelete,         // `path` is gone.
    kSyncDirectory,  // The names in `path` are on disk.
    kNote,           // Not of the disk: `number`, for the test.
  };
  Kind kind;
  std::string path;
  std::string text;
  uint64_t number = 0;
};

// Passes everything on and remembers what changes something. Thread-safe.
class RecordingFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit RecordingFileSystem(std::shared_ptr<rocksdb::FileSystem> target)
      : FileSystemWrapper(std::move(target)) {}

  const char* Name() const override { return "RecordingFileSystem"; }

  // Notes something of the test's between the operations.
  void Note(uint64_t number);

  std::vector<DiskOperation> operations() const;

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewRandomRWFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path,
                                 const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* file,
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
  class Directory;

  void Add(DiskOperation operation);

  mutable std::mutex mutex_;
  std::vector<DiskOperation> operations_;
};

// The disk after some operations: what is on it, and what waits in memory.
class DiskModel {
 public:
  // How much of what was not synced gets to the disk in a power cut.
  enum class Unsynced {
    kNothing,
    kPrefix,   // Of each file's writes and of the changes of names.
    kTorn,     // The same, and the last write of a file breaks off.
    kGarbage,  // The same, with other bytes where the last write was to be.
  };

  void Apply(const DiskOperation& operation);

  DiskImage AfterPowerCut(Unsynced unsynced, std::mt19937& random) const;

 private:
  struct File {
    std::string present;
    std::string durable;
    // Since the last sync: offset and bytes.
    std::vector<std::pair<uint64_t, std::string>> waiting;
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;

  static void Rename(const DiskOperation& operation,
                     const std::shared_ptr<File>& file, Names* names);
  static std::string Cut(const File& file, Unsynced unsynced,
                         std::mt19937& random);

  Names present_;
  Names durable_;
  // Changes of names that are not synced, with the file that they are about.
  std::vector<std::pair<DiskOperation, std::shared_ptr<File>>> waiting_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_RECORDED_DISK_H_
