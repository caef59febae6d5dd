#include "store/failpoint_env.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "domain/ports/failpoints.h"
#include "rocksdb/file_system.h"

namespace qantara::store {
namespace {

using domain::Failpoint;

class WriteAheadLog : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  explicit WriteAheadLog(std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)) {}

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    domain::Reach(Failpoint::kLogWritten);
    rocksdb::IOStatus status = FSWritableFileOwnerWrapper::Sync(options, debug);
    domain::Reach(Failpoint::kLogSynced);
    return status;
  }

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    domain::Reach(Failpoint::kLogWritten);
    rocksdb::IOStatus status =
        FSWritableFileOwnerWrapper::Fsync(options, debug);
    domain::Reach(Failpoint::kLogSynced);
    return status;
  }
};

class FailpointFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FailpointFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  const char* Name() const override { return "FailpointFileSystem"; }

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus status =
        FileSystemWrapper::NewWritableFile(path, options, file, debug);
    if (status.ok() && absl::StrContains(path, "/log/") &&
        absl::EndsWith(path, ".log")) {
      *file = std::make_unique<WriteAheadLog>(std::move(*file));
    }
    return status;
  }
};

}  // namespace

std::unique_ptr<rocksdb::Env> NewFailpointEnv() {
  return rocksdb::NewCompositeEnv(std::make_shared<FailpointFileSystem>());
}

}  // namespace qantara::store
