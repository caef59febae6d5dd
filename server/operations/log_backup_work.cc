#include "server/operations/log_backup_work.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

constexpr size_t kMaxNameBytes = 128;

// A plain name: no way leads out of the folder, and no surprise to a shell.
bool IsName(absl::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || name[0] == '.') {
    return false;
  }
  for (const char c : name) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-' &&
        c != '_' && c != '.') {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<std::string> BackupPath(const BackupPlace& place,
                                       absl::Time now) {
  const std::string folder = absl::StrCat(place.root, "/");
  if (place.wanted.empty()) {
    return absl::StrCat(
        folder, absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone()));
  }
  const absl::string_view name =
      absl::StripPrefix(absl::string_view(place.wanted), folder);
  if (!IsName(name) || absl::EndsWith(name, ".partial")) {
    return Invalid(
        "directory", v1::ERROR_REASON_FIELD_INVALID,
        absl::StrCat("must be a name of letters, digits, `-`, `_` and `.`; the "
                     "server's backups are in ",
                     place.root, " (flag --backup_dir)"));
  }
  return absl::StrCat(folder, name);
}

absl::Status LogBackupWork::Begin() {
  QANTARA_ASSIGN_OR_RETURN(directory_, BackupPath(place_, clock_.Now()));
  std::error_code error;
  std::filesystem::create_directories(place_.root, error);
  if (error) {
    return domain::MakeError(
        absl::StatusCode::kUnavailable, v1::ERROR_REASON_LOG_UNAVAILABLE,
        absl::StrCat("making ", place_.root, ": ", error.message()));
  }
  auto work = source_.BeginBackup(directory_, clock_.Now());
  if (absl::IsAlreadyExists(work.status())) {
    return Invalid("directory", v1::ERROR_REASON_FIELD_INVALID,
                   work.status().message());
  }
  if (!work.ok()) return work.status();
  work_ = *std::move(work);
  return absl::OkStatus();
}

absl::StatusOr<bool> LogBackupWork::Step() {
  if (work_ == nullptr) {
    QANTARA_RETURN_IF_ERROR(Begin());
    return false;
  }
  QANTARA_ASSIGN_OR_RETURN(progress_, work_->Next());
  return progress_.complete;
}

v1::BackupLogResponse LogBackupWork::Progress() const {
  v1::BackupLogResponse response;
  v1::BackupLogProgress& progress = *response.mutable_progress();
  progress.set_bytes_copied(progress_.bytes_copied);
  progress.set_bytes_total(progress_.bytes_total);
  progress.set_events_checked(progress_.checked);
  return response;
}

v1::BackupLogResponse LogBackupWork::Receipt() const {
  v1::BackupLogResponse response;
  v1::BackupReceipt& receipt = *response.mutable_receipt();
  receipt.set_directory(directory_);
  receipt.set_position(progress_.position);
  receipt.set_digest(progress_.digest);
  receipt.set_bytes(progress_.bytes_copied);
  return response;
}

}  // namespace qantara::server
