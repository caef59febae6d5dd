// Makes a data directory of a backup.
#ifndef QANTARA_TOOLS_RESTORE_RESTORE_H_
#define QANTARA_TOOLS_RESTORE_RESTORE_H_

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace qantara::tools {

struct RestoreOptions {
  // Directory that BackupLog made; it stays as it is.
  std::string backup;
  // The new data directory: nothing is there, or an empty folder.
  std::string data_dir;
  // Why, for the record.
  std::string note;
};

// Copies the backup, checks it from the first event to the last, appends
// LogRestored, and gives the directory its name: until then it is called
// DATA_DIR.partial, and is removed when something fails. A server that is
// started on it has every connection paused, and creates nothing before its
// provider's catalog was read completely. Tables are made by that server. Tells
// `out` what it does.
//
// Errors: kNotFound: it is no backup; kAlreadyExists: `data_dir` is not empty;
// kDataLoss: the backup is damaged, or another one than it says; kUnavailable:
// a disk refuses.
absl::Status Restore(const RestoreOptions& options, absl::Time now,
                     std::ostream& out);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_RESTORE_RESTORE_H_
