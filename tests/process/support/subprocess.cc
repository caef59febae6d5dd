#include "tests/process/support/subprocess.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/process/support/temporary_directory.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

constexpr int kCannotExecute = 127;
constexpr int kSignalBase = 128;
// How much of the standard error an error message shows.
constexpr size_t kErrorTail = 2000;

// Only what is allowed between fork and exec of a process with threads.
[[noreturn]] void BecomeProgram(const char* program, char* const* arguments,
                                int out, int err) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int in = open("/dev/null", O_RDONLY);
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  execv(program, arguments);
  _exit(kCannotExecute);
}

int OpenForOutput(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

int ExitCodeOf(int status) {
  return WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status)
                             : WEXITSTATUS(status);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Subprocess>> Subprocess::Start(
    const ProgramCall& call) {
  std::vector<std::string> words = {call.program};
  words.insert(words.end(), call.arguments.begin(), call.arguments.end());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int out = OpenForOutput(call.output + ".out");
  const int err = OpenForOutput(call.output + ".err");
  if (out < 0 || err < 0) return absl::ErrnoToStatus(errno, call.output);
  const pid_t pid = fork();
  if (pid == 0) BecomeProgram(arguments[0], arguments.data(), out, err);
  const int fork_error = errno;
  close(out);
  close(err);
  if (pid < 0) return absl::ErrnoToStatus(fork_error, "fork");
  return std::unique_ptr<Subprocess>(new Subprocess(pid, call.output));
}

Subprocess::~Subprocess() { Kill(); }

absl::StatusOr<std::string> Subprocess::WaitForLine(absl::string_view prefix,
                                                    absl::Duration timeout) {
  std::optional<std::string> found;
  const auto look = [&] {
    // Asked before the reading, so that the last words are not missed.
    const bool ended = !running();
    std::vector<std::string> lines = absl::StrSplit(out(), '\n');
    lines.pop_back();
    for (const std::string& line : lines) {
      if (absl::StartsWith(line, prefix)) found = line.substr(prefix.size());
    }
    return found.has_value() || ended;
  };
  const bool in_time = WaitUntil(timeout, look);
  if (found.has_value()) return *found;
  const std::string wrote = err();
  const std::string tail =
      wrote.substr(wrote.size() - std::min(wrote.size(), kErrorTail));
  if (in_time) {
    return absl::AbortedError(
        absl::StrCat("the process ended with ", *exit_code_, ": ", tail));
  }
  return absl::DeadlineExceededError(
      absl::StrCat("no line \"", prefix, "\": ", tail));
}

bool Subprocess::running() {
  if (exit_code_.has_value()) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = ExitCodeOf(status);
  return !exit_code_.has_value();
}

absl::StatusOr<int> Subprocess::Wait(absl::Duration timeout) {
  if (!WaitUntil(timeout, [&] { return !running(); })) {
    return absl::DeadlineExceededError(
        absl::StrCat("process ", pid_, " goes on: ", err()));
  }
  return *exit_code_;
}

void Subprocess::Signal(int signal) {
  if (running()) kill(pid_, signal);
}

void Subprocess::Kill() {
  if (!running()) return;
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  exit_code_ = ExitCodeOf(status);
}

std::string Subprocess::out() const { return ReadFile(output_ + ".out"); }

std::string Subprocess::err() const { return ReadFile(output_ + ".err"); }

}  // namespace qantara::process
