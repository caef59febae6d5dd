// One child process, its output in files.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_SUBPROCESS_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_SUBPROCESS_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace qantara::process {

struct ProgramCall {
  std::string program;
  std::vector<std::string> arguments;
  // Output goes to OUTPUT.out and OUTPUT.err, which are emptied first.
  std::string output;
};

// One thread at a time. The child is killed with the object, and when the
// thread that started it ends.
class Subprocess {
 public:
  // Errors: the system's. A program that cannot be executed exits with 127.
  static absl::StatusOr<std::unique_ptr<Subprocess>> Start(
      const ProgramCall& call);

  ~Subprocess();
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;

  // Waits for a complete line of standard output that begins with `prefix` and
  // returns the rest of it.
  //
  // Errors: kDeadlineExceeded; kAborted when the child ended before, with what
  // it wrote to standard error.
  absl::StatusOr<std::string> WaitForLine(absl::string_view prefix,
                                          absl::Duration timeout);

  // Waits for the end and returns the exit code, 128 + signal for a signal.
  //
  // Errors: kDeadlineExceeded; the child goes on then.
  absl::StatusOr<int> Wait(absl::Duration timeout);

  // Whether it has not ended yet.
  bool running();

  // Sends a signal; nothing happens when the child has ended.
  void Signal(int signal);

  // SIGKILL, and waits for the end.
  void Kill();

  pid_t pid() const { return pid_; }
  // What was written so far.
  std::string out() const;
  std::string err() const;

 private:
  Subprocess(pid_t pid, std::string output)
      : pid_(pid), output_(std::move(output)) {}

  const pid_t pid_;
  const std::string output_;
  std::optional<int> exit_code_;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_SUBPROCESS_H_
