#include "store/log_backup.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "domain/timestamps.h"
#include "rocksdb/utilities/checkpoint.h"
#include "store/backup_manifest.h"
#include "store/commit_chain.h"
#include "store/database_options.h"
#include "store/head_marker.h"
#include "store/rocksdb_status.h"

namespace qantara::store {

absl::StatusOr<std::unique_ptr<LogBackup>> LogBackup::Begin(rocksdb::Env& env,
                                                            const Database& log,
                                                            Places places,
                                                            absl::Time now) {
  QANTARA_RETURN_IF_ERROR(CheckFree(env, places.directory));
  auto backup = absl::WrapUnique(new LogBackup(env, std::move(places), now));
  QANTARA_RETURN_IF_ERROR(RemoveDirectory(env, backup->partial()));
  QANTARA_RETURN_IF_ERROR(ToStatus(env.CreateDir(backup->partial()),
                                   absl::StrCat("making ", backup->partial())));
  QANTARA_RETURN_IF_ERROR(backup->TakeCheckpoint(log));
  QANTARA_RETURN_IF_ERROR(backup->copy_.Begin());
  backup->progress_.bytes_total = backup->copy_.total();
  return backup;
}

LogBackup::LogBackup(rocksdb::Env& env, Places places, absl::Time now)
    : env_(env),
      places_(std::move(places)),
      now_(now),
      copy_(env_, places_.checkpoint, absl::StrCat(partial(), "/log")) {}

// What cannot be removed is removed by the next one.
LogBackup::~LogBackup() {
  copied_.reset();
  RemoveDirectory(env_, places_.checkpoint).IgnoreError();
  if (!progress_.complete) RemoveDirectory(env_, partial()).IgnoreError();
}

absl::Status LogBackup::TakeCheckpoint(const Database& log) {
  QANTARA_RETURN_IF_ERROR(RemoveDirectory(env_, places_.checkpoint));
  // RocksDB makes it under this name first.
  QANTARA_RETURN_IF_ERROR(
      RemoveDirectory(env_, absl::StrCat(places_.checkpoint, ".tmp")));
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&log.db(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(places_.checkpoint);
  return ToStatus(status, "taking a checkpoint of the log");
}

absl::StatusOr<domain::BackupProgress> LogBackup::Next() {
  if (progress_.complete) return progress_;
  if (copied_ == nullptr) {
    QANTARA_ASSIGN_OR_RETURN(const bool more, copy_.Next());
    progress_.bytes_copied = copy_.copied();
    if (!more) QANTARA_RETURN_IF_ERROR(OpenCopy());
    return progress_;
  }
  QANTARA_ASSIGN_OR_RETURN(const domain::LogChecked checked, verifier_->Next());
  progress_.checked = checked.events;
  progress_.digest = checked.digest;
  if (checked.complete) QANTARA_RETURN_IF_ERROR(Finish());
  return progress_;
}

absl::Status LogBackup::OpenCopy() {
  QANTARA_RETURN_IF_ERROR(RemoveDirectory(env_, places_.checkpoint));
  QANTARA_ASSIGN_OR_RETURN(
      copied_,
      Database::Open(absl::StrCat(partial(), "/log"), LogDatabaseOptions(env_),
                     LogFamilies(), Database::Mode::kReadOnly));
  QANTARA_ASSIGN_OR_RETURN(const auto last, LastCommit(*copied_));
  if (last.has_value()) progress_.position = last->last;
  verifier_.emplace(copied_.get(), progress_.position);
  return absl::OkStatus();
}

absl::Status LogBackup::Finish() {
  verifier_.reset();
  copied_.reset();
  Head head;
  head.position = progress_.position;
  std::copy(progress_.digest.begin(), progress_.digest.end(),
            head.digest.begin());
  QANTARA_ASSIGN_OR_RETURN(
      const auto marker,
      HeadMarker::Open(env_, absl::StrCat(partial(), "/head"), head));
  QANTARA_RETURN_IF_ERROR(marker->Sync());
  events::v1::BackupManifest manifest;
  manifest.set_position(progress_.position);
  manifest.set_digest(progress_.digest);
  *manifest.mutable_time() = domain::ToTimestamp(now_);
  manifest.set_bytes(progress_.bytes_copied);
  QANTARA_RETURN_IF_ERROR(WriteManifest(env_, partial(), manifest));
  QANTARA_RETURN_IF_ERROR(SyncDirectory(env_, partial()));
  QANTARA_RETURN_IF_ERROR(
      ToStatus(env_.RenameFile(partial(), places_.directory),
               absl::StrCat("naming ", places_.directory)));
  // It has its name: what follows only makes that last.
  progress_.complete = true;
  return SyncDirectory(env_, ParentOf(places_.directory));
}

}  // namespace qantara::store
