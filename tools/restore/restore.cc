#include "tools/restore/restore.h"

#include <memory>
#include <optional>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "domain/decision.h"
#include "domain/error.h"
#include "domain/ports/log_verification.h"
#include "domain/status_macros.h"
#include "domain/streams.h"
#include "domain/timestamps.h"
#include "qantara/events/v1/backup.pb.h"
#include "rocksdb/env.h"
#include "store/backup_manifest.h"
#include "store/directory_copy.h"
#include "store/new_event.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_status.h"

namespace qantara::tools {
namespace {

using events::v1::BackupManifest;

absl::Status CopyFolder(rocksdb::Env& env, const std::string& from,
                        const std::string& to) {
  store::DirectoryCopy copy(env, from, to);
  QANTARA_RETURN_IF_ERROR(copy.Begin());
  for (bool more = true; more;) {
    QANTARA_ASSIGN_OR_RETURN(more, copy.Next());
  }
  return absl::OkStatus();
}

absl::StatusOr<BackupManifest> ManifestOf(rocksdb::Env& env,
                                          const std::string& backup) {
  QANTARA_ASSIGN_OR_RETURN(std::optional<BackupManifest> manifest,
                           store::ReadManifest(&env, backup));
  if (manifest.has_value()) return *std::move(manifest);
  return absl::NotFoundError(absl::StrCat(backup, " is no complete backup"));
}

// Reads the whole log and compares it with what the backup says it is.
absl::Status Check(const store::RocksdbEventLog& log,
                   const BackupManifest& manifest) {
  QANTARA_RETURN_IF_ERROR(log.writable());
  const auto verification = log.BeginVerification();
  domain::LogChecked checked;
  while (!checked.complete) {
    QANTARA_ASSIGN_OR_RETURN(checked, verification->Next());
  }
  if (checked.last == manifest.position() &&
      checked.digest == manifest.digest()) {
    return absl::OkStatus();
  }
  return domain::MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("the log in the backup ends at position ", checked.last,
                   " with digest ", absl::BytesToHexString(checked.digest),
                   ", but its manifest says ", manifest.position(), " and ",
                   absl::BytesToHexString(manifest.digest())));
}

absl::Status AppendRestored(const BackupManifest& manifest,
                            const std::string& note, absl::Time now,
                            store::RocksdbEventLog& log) {
  domain::PendingEvent pending{domain::LogStream()};
  auto& restored = *pending.event.mutable_log_restored();
  restored.set_backup_position(manifest.position());
  *restored.mutable_backup_time() = manifest.time();
  restored.set_note(
      note.empty() ? absl::StrCat("restored from a backup of ",
                                  absl::FormatTime(
                                      absl::RFC3339_sec,
                                      domain::FromTimestamp(manifest.time()),
                                      absl::UTCTimeZone()))
                   : note);
  store::NewEventFactory factory;
  std::vector<domain::NewEvent> events;
  events.push_back(factory.Make(std::move(pending), log.head() + 1, now));
  return log.Append(absl::MakeSpan(events));
}

// Everything that happens in the folder that has no name yet.
absl::Status Fill(const RestoreOptions& options, const BackupManifest& manifest,
                  absl::Time now, const std::string& partial,
                  rocksdb::Env& env) {
  QANTARA_RETURN_IF_ERROR(store::ToStatus(env.CreateDir(partial),
                                          absl::StrCat("making ", partial)));
  QANTARA_RETURN_IF_ERROR(CopyFolder(env, absl::StrCat(options.backup, "/log"),
                                     absl::StrCat(partial, "/log")));
  {
    QANTARA_ASSIGN_OR_RETURN(
        const auto log, store::RocksdbEventLog::Open({.directory = partial}));
    QANTARA_RETURN_IF_ERROR(Check(*log, manifest));
    QANTARA_RETURN_IF_ERROR(AppendRestored(manifest, options.note, now, *log));
  }
  return store::SyncDirectory(env, partial);
}

}  // namespace

absl::Status Restore(const RestoreOptions& options, absl::Time now,
                     std::ostream& out) {
  rocksdb::Env& env = *rocksdb::Env::Default();
  QANTARA_ASSIGN_OR_RETURN(const BackupManifest manifest,
                           ManifestOf(env, options.backup));
  QANTARA_RETURN_IF_ERROR(store::CheckFree(env, options.data_dir));
  const std::string partial = absl::StrCat(options.data_dir, ".partial");
  QANTARA_RETURN_IF_ERROR(store::RemoveDirectory(env, partial));
  auto clean_up = absl::MakeCleanup([&] {
    // The next restore removes what cannot be removed now.
    store::RemoveDirectory(env, partial).IgnoreError();
  });
  out << "copying and checking " << options.backup << "\n" << std::flush;
  QANTARA_RETURN_IF_ERROR(Fill(options, manifest, now, partial, env));
  QANTARA_RETURN_IF_ERROR(
      store::ToStatus(env.RenameFile(partial, options.data_dir),
                      absl::StrCat("naming ", options.data_dir)));
  std::move(clean_up).Cancel();
  QANTARA_RETURN_IF_ERROR(
      store::SyncDirectory(env, store::ParentOf(options.data_dir)));
  out << options.data_dir << " holds the log up to position "
      << manifest.position() << "; every connection is paused: start the "
      << "server, look at `qantara status`, then `qantara connection resume`\n"
      << std::flush;
  return absl::OkStatus();
}

}  // namespace qantara::tools
