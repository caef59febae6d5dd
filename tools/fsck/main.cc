// qantara_fsck: checks a data directory while no server has it open.

#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tools/fsck/fsck.h"

ABSL_FLAG(std::string, data_dir, "", "data directory of the server");
ABSL_FLAG(std::string, work_dir, "/tmp",
          "where the tables are folded again; needs as much room as they do");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "checks a data directory; exit 0: sound, 1: "
      "damaged, 2: not checked");
  absl::ParseCommandLine(argc, argv);
  const std::string data_dir = absl::GetFlag(FLAGS_data_dir);
  if (data_dir.empty()) {
    std::cerr << "qantara_fsck: --data_dir is missing\n";
    return static_cast<int>(qantara::tools::FsckResult::kNotChecked);
  }
  return static_cast<int>(
      qantara::tools::Fsck(data_dir, absl::GetFlag(FLAGS_work_dir), std::cout));
}
