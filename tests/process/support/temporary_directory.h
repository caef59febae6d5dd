// A directory that goes with its object.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_TEMPORARY_DIRECTORY_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_TEMPORARY_DIRECTORY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace qantara::process {

class TemporaryDirectory {
 public:
  // Makes it below $TEST_TMPDIR, $TMPDIR or /tmp; ends the program when that
  // fails.
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

  // Writes a file and returns its path.
  std::string Write(absl::string_view name, absl::string_view content) const;

  // The same in one step: a reader sees the old content or the new.
  std::string Replace(absl::string_view name, absl::string_view content) const;

 private:
  std::string path_;
};

// Returns the file's content; empty when it cannot be read.
std::string ReadFile(const std::string& path);

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_TEMPORARY_DIRECTORY_H_
