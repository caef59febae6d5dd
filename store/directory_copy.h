// Copies and removes folders of files.
#ifndef QANTARA_STORE_DIRECTORY_COPY_H_
#define QANTARA_STORE_DIRECTORY_COPY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/env.h"

namespace qantara::store {

// Copies the files of one folder, without folders in it, part by part. Every
// file is synced. One thread at a time.
class DirectoryCopy {
 public:
  // Bytes of one part at the most.
  static constexpr size_t kPartBytes = size_t{4} << 20;

  // `env` must outlive it.
  DirectoryCopy(rocksdb::Env& env, std::string from, std::string to)
      : env_(env), from_(std::move(from)), to_(std::move(to)) {}

  // Makes the folder `to` and looks what there is to copy.
  //
  // Errors: kUnavailable.
  absl::Status Begin();

  // Copies the next part; false: everything is copied, and the folder synced.
  //
  // Errors: kUnavailable; kDataLoss when a file ends early.
  absl::StatusOr<bool> Next();

  uint64_t copied() const { return copied_; }
  uint64_t total() const { return total_; }

 private:
  struct File {
    std::string name;
    uint64_t bytes = 0;
  };

  absl::Status OpenFile();
  absl::Status CloseFile();

  rocksdb::Env& env_;
  const std::string from_;
  const std::string to_;
  std::vector<File> files_;
  size_t next_ = 0;
  uint64_t left_ = 0;  // Of the present file.
  std::unique_ptr<rocksdb::SequentialFile> in_;
  std::unique_ptr<rocksdb::WritableFile> out_;
  std::string buffer_;
  uint64_t copied_ = 0;
  uint64_t total_ = 0;
};

// Syncs a folder: what was made or renamed in it survives a crash.
absl::Status SyncDirectory(rocksdb::Env& env, const std::string& path);

// Removes a folder with everything in it; one that is not there is no error.
absl::Status RemoveDirectory(rocksdb::Env& env, const std::string& path);

// Checks that nothing stands at `path`, or an empty folder.
//
// Errors: kAlreadyExists; kUnavailable.
absl::Status CheckFree(rocksdb::Env& env, const std::string& path);

// The folder that holds `path`.
std::string ParentOf(const std::string& path);

}  // namespace qantara::store

#endif  // QANTARA_STORE_DIRECTORY_COPY_H_
