// A server under measurement, as a process of its own.
#ifndef QANTARA_TOOLS_BENCHMARK_CHILD_PROCESS_H_
#define QANTARA_TOOLS_BENCHMARK_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace qantara::tools {

// What a process used from start to end.
struct ProcessUse {
  absl::Duration cpu;
  // Most memory at once.
  size_t peak_bytes = 0;
};

// One thread at a time.
class ChildProcess {
 public:
  struct Call {
    std::string program;
    std::vector<std::string> arguments;
    // Additions to the environment: NAME=VALUE.
    std::vector<std::string> environment;
    // File that gets its standard error.
    std::string error_file;
    // It answers lines (Ask); its standard input ends with this object.
    bool talks = false;
    // Where it will listen; empty: it says so with a line `listening
    // HOST:PORT`, which is waited for.
    std::string address = {};
  };

  // Longest answer to Ask.
  static constexpr size_t kMaxAnswerBytes = size_t{1} << 16;

  // Starts it and waits for its line.
  //
  // Errors: kNotFound when it cannot be executed; kUnavailable when it ends, or
  // is silent for 60 s, before that line, with the end of its standard error.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(const Call& call);

  // SIGKILL, unless Stop was called.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // HOST:PORT.
  const std::string& address() const { return address_; }

  // Writes a line and waits for the line that answers it.
  //
  // Errors: kFailedPrecondition when it does not talk; kUnavailable when it
  // ends; kDeadlineExceeded, after which nothing may be asked any more.
  absl::StatusOr<std::string> Ask(const std::string& line,
                                  absl::Duration timeout);

  // Memory that it holds at present.
  //
  // Errors: kUnavailable when it has ended.
  absl::StatusOr<size_t> ResidentBytes() const;

  // SIGTERM; waits for the end. Call it once.
  //
  // Errors: kInternal when it did not exit with 0.
  absl::StatusOr<ProcessUse> Stop();

 private:
  ChildProcess(pid_t pid, int line, std::string address)
      : pid_(pid), line_(line), address_(std::move(address)) {}

  pid_t pid_;
  // Our end of its standard input and output; -1: closed.
  int line_;
  const std::string address_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_CHILD_PROCESS_H_
