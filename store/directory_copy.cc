#include "store/directory_copy.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

bool IsMissing(const rocksdb::Status& status) {
  return status.IsNotFound() || status.IsPathNotFound();
}

// Names in a folder, in order.
rocksdb::Status List(rocksdb::Env& env, const std::string& path,
                     std::vector<std::string>* names) {
  rocksdb::Status status = env.GetChildren(path, names);
  const auto is_link = [](const std::string& name) {
    return name == "." || name == "..";
  };
  names->erase(std::remove_if(names->begin(), names->end(), is_link),
               names->end());
  std::sort(names->begin(), names->end());
  return status;
}

bool IsFolder(rocksdb::Env& env, const std::string& path) {
  bool folder = false;
  return env.IsDirectory(path, &folder).ok() && folder;
}

}  // namespace

absl::Status DirectoryCopy::Begin() {
  std::vector<std::string> names;
  QANTARA_RETURN_IF_ERROR(
      ToStatus(List(env_, from_, &names), absl::StrCat("reading ", from_)));
  QANTARA_RETURN_IF_ERROR(
      ToStatus(env_.CreateDirIfMissing(to_), absl::StrCat("making ", to_)));
  for (const std::string& name : names) {
    const std::string path = absl::StrCat(from_, "/", name);
    if (name == "LOCK" || IsFolder(env_, path)) continue;
    File file{name};
    QANTARA_RETURN_IF_ERROR(ToStatus(env_.GetFileSize(path, &file.bytes),
                                     absl::StrCat("reading ", path)));
    total_ += file.bytes;
    files_.push_back(std::move(file));
  }
  buffer_.resize(kPartBytes);
  return absl::OkStatus();
}

absl::Status DirectoryCopy::OpenFile() {
  const File& file = files_[next_];
  const std::string from = absl::StrCat(from_, "/", file.name);
  const std::string to = absl::StrCat(to_, "/", file.name);
  QANTARA_RETURN_IF_ERROR(
      ToStatus(env_.NewSequentialFile(from, &in_, rocksdb::EnvOptions()),
               absl::StrCat("reading ", from)));
  QANTARA_RETURN_IF_ERROR(
      ToStatus(env_.NewWritableFile(to, &out_, rocksdb::EnvOptions()),
               absl::StrCat("writing ", to)));
  left_ = file.bytes;
  return absl::OkStatus();
}

absl::Status DirectoryCopy::CloseFile() {
  rocksdb::Status status = out_->Fsync();
  if (status.ok()) status = out_->Close();
  in_.reset();
  out_.reset();
  return ToStatus(status,
                  absl::StrCat("writing ", to_, "/", files_[next_++].name));
}

absl::StatusOr<bool> DirectoryCopy::Next() {
  if (next_ == files_.size()) {
    QANTARA_RETURN_IF_ERROR(SyncDirectory(env_, to_));
    return false;
  }
  if (in_ == nullptr) QANTARA_RETURN_IF_ERROR(OpenFile());
  if (left_ > 0) {
    rocksdb::Slice read;
    const size_t wanted = std::min<uint64_t>(left_, kPartBytes);
    rocksdb::Status status = in_->Read(wanted, &read, buffer_.data());
    const std::string& name = files_[next_].name;
    if (status.ok() && read.empty()) {
      return domain::MakeError(absl::StatusCode::kDataLoss,
                               v1::ERROR_REASON_LOG_DAMAGED,
                               absl::StrCat(from_, "/", name, " ends early"));
    }
    if (status.ok()) status = out_->Append(read);
    QANTARA_RETURN_IF_ERROR(
        ToStatus(status, absl::StrCat("copying ", from_, "/", name)));
    left_ -= read.size();
    copied_ += read.size();
  }
  if (left_ == 0) QANTARA_RETURN_IF_ERROR(CloseFile());
  return true;
}

absl::Status SyncDirectory(rocksdb::Env& env, const std::string& path) {
  std::unique_ptr<rocksdb::Directory> directory;
  rocksdb::Status status = env.NewDirectory(path, &directory);
  if (status.ok()) status = directory->Fsync();
  return ToStatus(status, absl::StrCat("syncing ", path));
}

absl::Status RemoveDirectory(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> names;
  const rocksdb::Status listed = List(env, path, &names);
  if (IsMissing(listed)) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(ToStatus(listed, absl::StrCat("reading ", path)));
  for (const std::string& name : names) {
    const std::string child = absl::StrCat(path, "/", name);
    if (IsFolder(env, child)) {
      QANTARA_RETURN_IF_ERROR(RemoveDirectory(env, child));
    } else {
      QANTARA_RETURN_IF_ERROR(
          ToStatus(env.DeleteFile(child), absl::StrCat("removing ", child)));
    }
  }
  return ToStatus(env.DeleteDir(path), absl::StrCat("removing ", path));
}

absl::Status CheckFree(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> names;
  const rocksdb::Status listed = List(env, path, &names);
  if (IsMissing(listed)) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(ToStatus(listed, absl::StrCat("reading ", path)));
  if (names.empty()) return absl::OkStatus();
  return absl::AlreadyExistsError(absl::StrCat(path, " is not empty"));
}

std::string ParentOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace qantara::store
