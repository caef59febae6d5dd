// Checks a data directory that no server has open.
#ifndef TOOLS_FSCK_FSCK_H_
#define TOOLS_FSCK_FSCK_H_

#include <ostream>
#include <string>

namespace qantara::tools {

// How the check ended; also the exit code of the command.
enum class FsckResult {
  kSound = 0,
  kDamaged = 1,     // The log is damaged, or a row is not what it adds up to.
  kNotChecked = 2,  // The directory is in use, missing or unreadable.
};

// Reads the whole log of `data_dir` and checks positions, revisions and
// digests; folds it from position 0 into empty tables in a directory of its own
// inside `work_dir`, which is removed again; compares them key by key and value
// by value with the present ones. Changes nothing in `data_dir`. Writes the
// findings to `out`.
FsckResult Fsck(const std::string& data_dir, const std::string& work_dir,
                std::ostream& out);

}  // namespace qantara::tools

#endif  // TOOLS_FSCK_FSCK_H_
