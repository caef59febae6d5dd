// qantara_restore: makes a data directory of a backup.

#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "tools/restore/restore.h"

ABSL_FLAG(std::string, backup, "", "directory that `qantara log backup` made");
ABSL_FLAG(std::string, data_dir, "",
          "the new data directory; nothing may be there yet");
ABSL_FLAG(std::string, note, "", "why, for the record");

namespace {

// Exit codes, the same as those of `qantara`.
constexpr int kDone = 0;
constexpr int kProblems = 1;
constexpr int kUsage = 2;

std::string PathOf(const std::string& flag) {
  absl::string_view path = flag;
  while (path.size() > 1 && absl::ConsumeSuffix(&path, "/")) {
  }
  return std::string(path);
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "makes a data directory of a backup; the server that wrote the log since "
      "must not run any more. Exit 0: done, 1: failed, 2: wrong flags");
  absl::ParseCommandLine(argc, argv);
  const qantara::tools::RestoreOptions options{
      PathOf(absl::GetFlag(FLAGS_backup)),
      PathOf(absl::GetFlag(FLAGS_data_dir)), absl::GetFlag(FLAGS_note)};
  if (options.backup.empty() || options.data_dir.empty()) {
    std::cerr << "qantara_restore: --backup and --data_dir are required\n";
    return kUsage;
  }
  const absl::Status restored =
      qantara::tools::Restore(options, absl::Now(), std::cout);
  if (restored.ok()) return kDone;
  std::cerr << "qantara_restore: " << restored.message() << "\n";
  return absl::IsNotFound(restored) || absl::IsAlreadyExists(restored)
             ? kUsage
             : kProblems;
}
