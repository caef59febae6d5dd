#include "tests/store/recorded_disk.h"

#include <algorithm>

namespace qantara::store {
namespace {

std::string DirectoryOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

void Write(uint64_t offset, const std::string& bytes, std::string* file) {
  if (file->size() < offset + bytes.size()) file->resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(),
            file->begin() + static_cast<std::ptrdiff_t>(offset));
}

size_t UpTo(size_t most, std::mt19937& random) {
  return std::uniform_int_distribution<size_t>(0, most)(random);
}

}  // namespace

class RecordingFileSystem::WritableFile
    : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path,
               RecordingFileSystem& files)
      : FSWritableFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kAppend, path_, data.ToString()});
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }

  rocksdb::IOStatus Append(
      const rocksdb::Slice& data, const rocksdb::IOOptions& options,
      const rocksdb::DataVerificationInfo& /*verification*/,
      rocksdb::IODebugContext* debug) override {
    return Append(data, options, debug);
  }

  rocksdb::IOStatus Truncate(uint64_t size, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kTruncate, path_, "", size});
    return FSWritableFileOwnerWrapper::Truncate(size, options, debug);
  }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kSync, path_, ""});
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kSync, path_, ""});
    return FSWritableFileOwnerWrapper::Fsync(options, debug);
  }

 private:
  const std::string path_;
  RecordingFileSystem& files_;
};

class RecordingFileSystem::RandomRWFile
    : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  RandomRWFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
               RecordingFileSystem& files)
      : FSRandomRWFileOwnerWrapper(std::move(file)),
        path_(std::move(path)),
        files_(files) {}

  rocksdb::IOStatus Write(uint64_t offset, const rocksdb::Slice& data,
                          const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kWriteAt, path_, data.ToString(), offset});
    return FSRandomRWFileOwnerWrapper::Write(offset, data, options, debug);
  }

  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kSync, path_, ""});
    return FSRandomRWFileOwnerWrapper::Sync(options, debug);
  }

 private:
  const std::string path_;
  RecordingFileSystem& files_;
};

class RecordingFileSystem::Directory : public rocksdb::FSDirectoryWrapper {
 public:
  Directory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string path,
            RecordingFileSystem& files)
      : FSDirectoryWrapper(std::move(directory)),
        path_(std::move(path)),
        files_(files) {}

  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    files_.Add({DiskOperation::kSyncDirectory, path_, ""});
    return FSDirectoryWrapper::Fsync(options, debug);
  }

  rocksdb::IOStatus FsyncWithDirOptions(
      const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug,
      const rocksdb::DirFsyncOptions& how) override {
    files_.Add({DiskOperation::kSyncDirectory, path_, ""});
    return FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how);
  }

 private:
  const std::string path_;
  RecordingFileSystem& files_;
};

void RecordingFileSystem::Add(DiskOperation operation) {
  const std::lock_guard<std::mutex> lock(mutex_);
  operations_.push_back(std::move(operation));
}

void RecordingFileSystem::Note(uint64_t number) {
  Add({DiskOperation::kNote, "", "", number});
}

std::vector<DiskOperation> RecordingFileSystem::operations() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return operations_;
}

rocksdb::IOStatus RecordingFileSystem::NewWritableFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSWritableFile>* file,
    rocksdb::IODebugContext* debug) {
  Add({DiskOperation::kCreate, path, ""});
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewWritableFile(path, options, file, debug);
  if (status.ok()) {
    *file = std::make_unique<WritableFile>(std::move(*file), path, *this);
  }
  return status;
}

rocksdb::IOStatus RecordingFileSystem::NewRandomRWFile(
    const std::string& path, const rocksdb::FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomRWFile>* file,
    rocksdb::IODebugContext* debug) {
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewRandomRWFile(path, options, file, debug);
  if (status.ok()) {
    *file = std::make_unique<RandomRWFile>(std::move(*file), path, *this);
  }
  return status;
}

rocksdb::IOStatus RecordingFileSystem::NewDirectory(
    const std::string& path, const rocksdb::IOOptions& options,
    std::unique_ptr<rocksdb::FSDirectory>* file,
    rocksdb::IODebugContext* debug) {
  const rocksdb::IOStatus status =
      FileSystemWrapper::NewDirectory(path, options, file, debug);
  if (status.ok()) {
    *file = std::make_unique<Directory>(std::move(*file), path, *this);
  }
  return status;
}

rocksdb::IOStatus RecordingFileSystem::RenameFile(
    const std::string& from, const std::string& to,
    const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) {
  Add({DiskOperation::kRename, from, to});
  return FileSystemWrapper::RenameFile(from, to, options, debug);
}

rocksdb::IOStatus RecordingFileSystem::DeleteFile(
    const std::string& path, const rocksdb::IOOptions& options,
    rocksdb::IODebugContext* debug) {
  Add({DiskOperation::kDelete, path, ""});
  return FileSystemWrapper::DeleteFile(path, options, debug);
}

void DiskModel::Rename(const DiskOperation& operation,
                       const std::shared_ptr<File>& file, Names* names) {
  if (operation.kind == DiskOperation::kCreate) {
    (*names)[operation.path] = file;
    return;
  }
  names->erase(operation.path);
  if (operation.kind == DiskOperation::kRename) {
    (*names)[operation.text] = file;
  }
}

void DiskModel::Apply(const DiskOperation& operation) {
  switch (operation.kind) {
    case DiskOperation::kNote:
      return;
    case DiskOperation::kCreate:
    case DiskOperation::kRename:
    case DiskOperation::kDelete: {
      const auto found = present_.find(operation.path);
      const bool create = operation.kind == DiskOperation::kCreate;
      if (!create && found == present_.end()) return;
      const auto file = create ? std::make_shared<File>() : found->second;
      Rename(operation, file, &present_);
      waiting_.emplace_back(operation, file);
      return;
    }
    case DiskOperation::kSyncDirectory: {
      std::erase_if(waiting_, [&](const auto& change) {
        if (DirectoryOf(change.first.path) != operation.path) return false;
        Rename(change.first, change.second, &durable_);
        return true;
      });
      return;
    }
    default:
      break;
  }
  const auto found = present_.find(operation.path);
  if (found == present_.end()) return;
  File& file = *found->second;
  if (operation.kind == DiskOperation::kSync) {
    file.durable = file.present;
    file.waiting.clear();
  } else if (operation.kind == DiskOperation::kTruncate) {
    file.present.resize(operation.number);
  } else {
    const uint64_t offset = operation.kind == DiskOperation::kAppend
                                ? file.present.size()
                                : operation.number;
    Write(offset, operation.text, &file.present);
    file.waiting.emplace_back(offset, operation.text);
  }
}

std::string DiskModel::Cut(const File& file, Unsynced unsynced,
                           std::mt19937& random) {
  std::string bytes = file.durable;
  if (unsynced == Unsynced::kNothing) return bytes;
  const size_t whole = UpTo(file.waiting.size(), random);
  for (size_t i = 0; i < whole; ++i) {
    Write(file.waiting[i].first, file.waiting[i].second, &bytes);
  }
  if (whole == file.waiting.size() || unsynced == Unsynced::kPrefix) {
    return bytes;
  }
  std::string last = file.waiting[whole].second;
  if (unsynced == Unsynced::kTorn) {
    last.resize(UpTo(last.size(), random));
  } else {
    for (char& c : last) c = static_cast<char>(UpTo(255, random));
  }
  Write(file.waiting[whole].first, last, &bytes);
  return bytes;
}

DiskImage DiskModel::AfterPowerCut(Unsynced unsynced,
                                   std::mt19937& random) const {
  Names names = durable_;
  const size_t renamed =
      unsynced == Unsynced::kNothing ? 0 : UpTo(waiting_.size(), random);
  for (size_t i = 0; i < renamed; ++i) {
    Rename(waiting_[i].first, waiting_[i].second, &names);
  }
  DiskImage image;
  for (const auto& [path, file] : names) {
    image[path] = Cut(*file, unsynced, random);
  }
  return image;
}

}  // namespace qantara::store
