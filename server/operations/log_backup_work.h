// What BackupLog does.
#ifndef QANTARA_SERVER_OPERATIONS_LOG_BACKUP_WORK_H_
#define QANTARA_SERVER_OPERATIONS_LOG_BACKUP_WORK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "domain/ports/log_backup.h"
#include "qantara/v1/log_maintenance.pb.h"
#include "server/operations/stepped_call.h"

namespace qantara::server {

// Where backups go.
struct BackupPlace {
  // Folder that holds all of them; made where it does not exist.
  std::string root;
  // Name that the client wants; empty: the time.
  std::string wanted;
};

// The path of a backup: a name, or a path below the root, whose folder exists.
//
// Errors: kInvalidArgument (FIELD_INVALID, field `directory`) for one
// elsewhere.
absl::StatusOr<std::string> BackupPath(const BackupPlace& place,
                                       absl::Time now);

// Copies the log as it is at the first step.
class LogBackupWork : public SteppedWork<v1::BackupLogResponse> {
 public:
  // The references must outlive it.
  LogBackupWork(domain::BackupSource& source, const domain::Clock& clock,
                BackupPlace place)
      : source_(source), clock_(clock), place_(std::move(place)) {}

  absl::StatusOr<bool> Step() override;
  v1::BackupLogResponse Progress() const override;
  v1::BackupLogResponse Receipt() const override;

 private:
  absl::Status Begin();

  domain::BackupSource& source_;
  const domain::Clock& clock_;
  const BackupPlace place_;
  std::string directory_;
  std::unique_ptr<domain::BackupWork> work_;
  domain::BackupProgress progress_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_LOG_BACKUP_WORK_H_
