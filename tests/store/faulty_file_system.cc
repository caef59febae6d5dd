#include "tests/store/faulty_file_system.h"

#include <gtest/gtest.h>

#include <utility>

namespace qantara::store {

class FaultyFileSystem::WritableFile
    : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path,
               FaultyFileSystem& files)
      : FSWritableFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    const rocksdb::IOStatus status = files_.Operation(path_);
    if (!status.ok()) return status;
    size_ += data.size();
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }

  rocksdb::IOStatus Append(
      const rocksdb::Slice& data, const rocksdb::IOOptions& options,
      const rocksdb::DataVerificationInfo& /*verification*/,
      rocksdb::IODebugContext* debug) override {
    return Append(data, options, debug);
  }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions&,
                         rocksdb::IODebugContext*) override {
    const rocksdb::IOStatus status = files_.Operation(path_, /*sync=*/true);
    if (status.ok()) files_.Synced(path_, size_);
    return status;
  }

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    return Sync(options, debug);
  }

 private:
  const std::string path_;
  FaultyFileSystem& files_;
  uint64_t size_ = 0;
};

class FaultyFileSystem::RandomRWFile
    : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  RandomRWFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
               FaultyFileSystem& files)
      : FSRandomRWFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  rocksdb::IOStatus Write(uint64_t offset, const rocksdb::Slice& data,
                          const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    const rocksdb::IOStatus status = files_.Operation(path_);
    if (!status.ok()) return status;
    return FSRandomRWFileOwnerWrapper::Write(offset, data, options, debug);
  }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions&,
                         rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions&,
                          rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }

 private:
  const std::string path_;
  FaultyFileSystem& files_;
};

void FaultyFileSystem::FailAfter(int64_t count, std::string part) {
  Failure failure;
  failure.part = std::move(part);
  FailAfter(count, std::move(failure));
}

void FaultyFileSystem::FailAfter(int64_t count, Failure failure) {
  const std::lock_guard<std::mutex> lock(mutex_);
  left_ = count;
  failure_ = std::move(failure);
}

int64_t FaultyFileSystem::operations() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return operations_;
}

rocksdb::IOStatus FaultyFileSystem::Operation(const std::string& path,
                                              bool sync) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++operations_;
  if (left_ < 0 || path.find(failure_.part) == std::string::npos ||
      (failure_.failing == Failing::kSyncs && !sync)) {
    return rocksdb::IOStatus::OK();
  }
  if (left_-- > 0) return rocksdb::IOStatus::OK();
  left_ = failure_.failing == Failing::kOnce ? -1 : 0;
  return failure_.status;
}

void FaultyFileSystem::Synced(const std::string& path, uint64_t size) {
  const std::lock_guard<std::mutex> lock(mutex_);
  synced_[path] = size;
}

void FaultyFileSystem::LosePower() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& [path, size] : synced_) {
    uint64_t present = 0;
    const auto found = target()->GetFileSize(path, {}, &present, nullptr);
    if (!found.ok() || present <= size) continue;
    const auto cut = target()->Truncate(path, size, {}, nullptr);
    EXPECT_TRUE(cut.ok()) << path << ": " << cut.ToString();
  }
}

rocksdb::IOStatus FaultyFileSystem::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* file,
    rocksdb::IODebugContext* debug) {
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewWritableFile(path, options, file, debug);
  if (!status.ok()) return status;
  Synced(path, 0);
  *file = std::make_unique<WritableFile>(std::move(*file), path, *this);
  return status;
}

rocksdb::IOStatus FaultyFileSystem::NewRandomRWFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
    rocksdb::IODebugContext* debug) {
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewRandomRWFile(path, options, file, debug);
  if (!status.ok()) return status;
  *file = std::make_unique<RandomRWFile>(std::move(*file), path, *this);
  return status;
}

rocksdb::IOStatus FaultyFileSystem::RenameFile(
    const std::string& from, const std::string& to,
    const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) {
  const rocksdb::IOStatus status =
      FileSystemWrapper::RenameFile(from, to, options, debug);
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = synced_.find(from);
  if (status.ok() && found != synced_.end()) {
    synced_[to] = found->second;
    synced_.erase(found);
  }
  return status;
}

rocksdb::IOStatus FaultyFileSystem::DeleteFile(
    const std::string& path, const rocksdb::IOOptions& options,
    rocksdb::IODebugContext* debug) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    synced_.erase(path);
  }
  return FileSystemWrapper::DeleteFile(path, options, debug);
}

}  // namespace qantara::store
