#include "store/ordered_wal_env.h"

#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "rocksdb/file_system.h"

namespace qantara::store {
namespace {

// The write-ahead logs that are open.
class OpenLogs {
 public:
  void Add(rocksdb::FSWritableFile* file) {
    const std::lock_guard<std::mutex> lock(mutex_);
    files_.insert(file);
  }

  void Remove(rocksdb::FSWritableFile* file) {
    const std::lock_guard<std::mutex> lock(mutex_);
    files_.erase(file);
  }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (rocksdb::FSWritableFile* file : files_) {
      rocksdb::IOStatus status = file->Sync(options, debug);
      if (!status.ok()) return status;
    }
    return rocksdb::IOStatus::OK();
  }

 private:
  std::mutex mutex_;
  std::set<rocksdb::FSWritableFile*> files_;
};

class WriteAheadLog : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WriteAheadLog(std::unique_ptr<rocksdb::FSWritableFile> file,
                std::shared_ptr<OpenLogs> logs)
      : FSWritableFileOwnerWrapper(std::move(file)), logs_(std::move(logs)) {
    logs_->Add(target());
  }
  ~WriteAheadLog() override { logs_->Remove(target()); }

  // Closing does not sync.
  rocksdb::IOStatus Close(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    logs_->Remove(target());
    return FSWritableFileOwnerWrapper::Close(options, debug);
  }

 private:
  const std::shared_ptr<OpenLogs> logs_;
};

class OrderedWalFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit OrderedWalFileSystem(
      const std::shared_ptr<rocksdb::FileSystem>& target)
      : FileSystemWrapper(target) {}

  const char* Name() const override { return "OrderedWalFileSystem"; }

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override {
    const bool is_log = absl::EndsWith(path, ".log");
    if (is_log) {
      rocksdb::IOStatus synced = logs_->Sync(options.io_options, debug);
      if (!synced.ok()) return synced;
    }
    rocksdb::IOStatus status =
        FileSystemWrapper::NewWritableFile(path, options, file, debug);
    if (status.ok() && is_log) {
      *file = std::make_unique<WriteAheadLog>(std::move(*file), logs_);
    }
    return status;
  }

 private:
  const std::shared_ptr<OpenLogs> logs_ = std::make_shared<OpenLogs>();
};

}  // namespace

std::unique_ptr<rocksdb::Env> NewOrderedWalEnv(rocksdb::Env& env) {
  return rocksdb::NewCompositeEnv(
      std::make_shared<OrderedWalFileSystem>(env.GetFileSystem()));
}

}  // namespace qantara::store
