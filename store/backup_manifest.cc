#include "store/backup_manifest.h"

#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

std::string PathOf(const std::string& directory) {
  return absl::StrCat(directory, "/BACKUP");
}

}  // namespace

absl::Status WriteManifest(rocksdb::Env& env, const std::string& directory,
                           const events::v1::BackupManifest& manifest) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(manifest, &text);
  const std::string path = PathOf(directory);
  return ToStatus(
      rocksdb::WriteStringToFile(&env, text, path, /*should_sync=*/true),
      absl::StrCat("writing ", path));
}

absl::StatusOr<std::optional<events::v1::BackupManifest>> ReadManifest(
    rocksdb::Env* env, const std::string& directory) {
  const std::string path = PathOf(directory);
  std::string text;
  const rocksdb::Status read = rocksdb::ReadFileToString(
      env != nullptr ? env : rocksdb::Env::Default(), path, &text);
  if (read.IsNotFound() || read.IsPathNotFound()) return std::nullopt;
  QANTARA_RETURN_IF_ERROR(ToStatus(read, absl::StrCat("reading ", path)));
  events::v1::BackupManifest manifest;
  if (!google::protobuf::TextFormat::ParseFromString(text, &manifest)) {
    return domain::MakeError(absl::StatusCode::kDataLoss,
                             v1::ERROR_REASON_LOG_DAMAGED,
                             absl::StrCat(path, " is unreadable"));
  }
  return manifest;
}

}  // namespace qantara::store
