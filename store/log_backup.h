// A backup of the log under way.
#ifndef QANTARA_STORE_LOG_BACKUP_H_
#define QANTARA_STORE_LOG_BACKUP_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/log_backup.h"
#include "rocksdb/env.h"
#include "store/database.h"
#include "store/directory_copy.h"
#include "store/log_verifier.h"

namespace qantara::store {

// Takes a checkpoint beside the log, which costs a flush and links; copies its
// files, so that the backup shares nothing with the log; reads the copy back
// and checks it; gives it its name.
class LogBackup : public domain::BackupWork {
 public:
  struct Places {
    // The folder for the checkpoint, on the log's file system. What an earlier
    // backup left there is removed.
    std::string checkpoint;
    // Where the backup goes.
    std::string directory;
  };

  // `env` and `log` must outlive it.
  //
  // Errors: as domain::BackupSource::BeginBackup.
  static absl::StatusOr<std::unique_ptr<LogBackup>> Begin(rocksdb::Env& env,
                                                          const Database& log,
                                                          Places places,
                                                          absl::Time now);

  ~LogBackup() override;

  absl::StatusOr<domain::BackupProgress> Next() override;

 private:
  LogBackup(rocksdb::Env& env, Places places, absl::Time now);

  absl::Status TakeCheckpoint(const Database& log);
  // Opens the copy to read it back.
  absl::Status OpenCopy();
  absl::Status Finish();
  std::string partial() const { return places_.directory + ".partial"; }

  rocksdb::Env& env_;
  const Places places_;
  const absl::Time now_;
  DirectoryCopy copy_;
  std::unique_ptr<Database> copied_;
  std::optional<LogVerifier> verifier_;
  domain::BackupProgress progress_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_LOG_BACKUP_H_
