#include "tests/server/inventory/model/process_files.h"

#include <algorithm>
#include <utility>

namespace qantara::server {
namespace {

using rocksdb::IOStatus;

IOStatus Killed() { return IOStatus::IOError("the process is killed"); }

// RocksDB's copies of its options: nothing reads them, making them is most of a
// start, and it does without.
bool IsOptions(const std::string& path) {
  return path.find("/OPTIONS-") != std::string::npos;
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() &&
         text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

class ProcessFiles::WritableFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path,
               ProcessFiles& files)
      : FSWritableFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                  rocksdb::IODebugContext* debug) override {
    return files_.Do(
        [&] {
          if (!files_.Keeps(path_)) return Pass(data, options, debug);
          const IOStatus before = Pass(kept_, options, debug);
          kept_ = data.ToString();
          return before;
        },
        [&](uint64_t bytes) {
          if (files_.Keeps(path_)) return;
          const size_t part = std::min<uint64_t>(bytes, data.size());
          Pass(rocksdb::Slice(data.data(), part), options, debug)
              .PermitUncheckedError();
        });
  }

  IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                  const rocksdb::DataVerificationInfo& /*verification*/,
                  rocksdb::IODebugContext* debug) override {
    return Append(data, options, debug);
  }

  IOStatus Truncate(uint64_t size, const rocksdb::IOOptions& options,
                    rocksdb::IODebugContext* debug) override {
    return files_.Do([&] {
      return FSWritableFileOwnerWrapper::Truncate(size, options, debug);
    });
  }

  IOStatus Sync(const rocksdb::IOOptions& options,
                rocksdb::IODebugContext* debug) override {
    return files_.Do(
        [&] { return FSWritableFileOwnerWrapper::Sync(options, debug); });
  }

  IOStatus Fsync(const rocksdb::IOOptions& options,
                 rocksdb::IODebugContext* debug) override {
    return files_.Do(
        [&] { return FSWritableFileOwnerWrapper::Fsync(options, debug); });
  }

  IOStatus Close(const rocksdb::IOOptions& options,
                 rocksdb::IODebugContext* debug) override {
    const IOStatus done = files_.Do(
        [&] { return Pass(std::exchange(kept_, ""), options, debug); });
    const IOStatus closed = FSWritableFileOwnerWrapper::Close(options, debug);
    return done.ok() ? closed : done;
  }

 private:
  IOStatus Pass(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                rocksdb::IODebugContext* debug) {
    if (data.empty()) return IOStatus::OK();
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }

  const std::string path_;
  ProcessFiles& files_;
  std::string kept_;
};

class ProcessFiles::RandomRWFile : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  RandomRWFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
               ProcessFiles& files)
      : FSRandomRWFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  IOStatus Write(uint64_t offset, const rocksdb::Slice& data,
                 const rocksdb::IOOptions& options,
                 rocksdb::IODebugContext* debug) override {
    return files_.Do(
        [&] {
          if (!files_.Keeps(path_)) {
            return Pass(offset, data, options, debug);
          }
          const IOStatus before = Pass(kept_at_, kept_, options, debug);
          kept_at_ = offset;
          kept_ = data.ToString();
          return before;
        },
        [&](uint64_t bytes) {
          if (files_.Keeps(path_)) return;
          const size_t part = std::min<uint64_t>(bytes, data.size());
          Pass(offset, rocksdb::Slice(data.data(), part), options, debug)
              .PermitUncheckedError();
        });
  }

  IOStatus Sync(const rocksdb::IOOptions& options,
                rocksdb::IODebugContext* debug) override {
    return files_.Do(
        [&] { return FSRandomRWFileOwnerWrapper::Sync(options, debug); });
  }

 private:
  IOStatus Pass(uint64_t offset, const rocksdb::Slice& data,
                const rocksdb::IOOptions& options,
                rocksdb::IODebugContext* debug) {
    if (data.empty()) return IOStatus::OK();
    return FSRandomRWFileOwnerWrapper::Write(offset, data, options, debug);
  }

  const std::string path_;
  ProcessFiles& files_;
  uint64_t kept_at_ = 0;
  std::string kept_;
};

class ProcessFiles::Lock : public rocksdb::FileLock {
 public:
  explicit Lock(std::string path) : path_(std::move(path)) {}
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

void ProcessFiles::Die() {
  dead_ = true;
  if (!plan_.has_value()) return;
  const std::function<void()> killed = std::move(plan_->killed);
  plan_ = std::nullopt;
  killed();
}

void ProcessFiles::Kill() {
  const std::lock_guard lock(mutex_);
  if (!dead_) Die();
}

void ProcessFiles::KillLater(std::optional<Plan> plan) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(plan);
}

IOStatus ProcessFiles::Do(const std::function<IOStatus()>& change,
                          const std::function<void(uint64_t)>& torn) {
  const std::lock_guard lock(mutex_);
  if (dead_) return Killed();
  if (!plan_.has_value() || plan_->changes > 0) {
    if (plan_.has_value()) --plan_->changes;
    return change();
  }
  torn(plan_->bytes);
  Die();
  return Killed();
}

bool ProcessFiles::Keeps(const std::string& path) const {
  return keeps_writes_ && (EndsWith(path, ".log") || EndsWith(path, "/head"));
}

IOStatus ProcessFiles::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* file,
    rocksdb::IODebugContext* debug) {
  if (IsOptions(path)) return IOStatus::NotSupported("no options are kept");
  const IOStatus status = Do([&] {
    return FileSystemWrapper::NewWritableFile(path, options, file, debug);
  });
  if (!status.ok()) return status;
  *file = std::make_unique<WritableFile>(std::move(*file), path, *this);
  return status;
}

IOStatus ProcessFiles::NewRandomRWFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
    rocksdb::IODebugContext* debug) {
  const IOStatus status = Do([&] {
    return FileSystemWrapper::NewRandomRWFile(path, options, file, debug);
  });
  if (!status.ok()) return status;
  *file = std::make_unique<RandomRWFile>(std::move(*file), path, *this);
  return status;
}

IOStatus ProcessFiles::RenameFile(const std::string& from,
                                  const std::string& to,
                                  const rocksdb::IOOptions& options,
                                  rocksdb::IODebugContext* debug) {
  return Do(
      [&] { return FileSystemWrapper::RenameFile(from, to, options, debug); });
}

IOStatus ProcessFiles::DeleteFile(const std::string& path,
                                  const rocksdb::IOOptions& options,
                                  rocksdb::IODebugContext* debug) {
  return Do(
      [&] { return FileSystemWrapper::DeleteFile(path, options, debug); });
}

IOStatus ProcessFiles::LockFile(const std::string& path,
                                const rocksdb::IOOptions& /*options*/,
                                rocksdb::FileLock** lock,
                                rocksdb::IODebugContext* /*debug*/) {
  const std::lock_guard guard(mutex_);
  if (dead_) return Killed();
  if (!locks_.insert(path).second) return IOStatus::IOError("locked", path);
  *lock = new Lock(path);
  return IOStatus::OK();
}

IOStatus ProcessFiles::UnlockFile(rocksdb::FileLock* lock,
                                  const rocksdb::IOOptions& /*options*/,
                                  rocksdb::IODebugContext* /*debug*/) {
  const std::unique_ptr<Lock> owned(static_cast<Lock*>(lock));
  const std::lock_guard guard(mutex_);
  locks_.erase(owned->path());
  return IOStatus::OK();
}

}  // namespace qantara::server
