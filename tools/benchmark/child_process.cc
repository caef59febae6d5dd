#include "tools/benchmark/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {
namespace {

constexpr absl::string_view kReady = "listening ";
constexpr absl::Duration kStartTimeout = absl::Seconds(60);
constexpr size_t kErrorTailBytes = 1000;

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Spawns it with `line` as its standard output, and as its standard input where
// it talks. Returns 0 or an errno.
int Spawn(const ChildProcess::Call& call, int line, pid_t* pid) {
  std::vector<std::string> arguments = {call.program};
  arguments.insert(arguments.end(), call.arguments.begin(),
                   call.arguments.end());
  std::vector<std::string> environment = call.environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    environment.emplace_back(*entry);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, line, STDOUT_FILENO);
  if (call.talks) {
    posix_spawn_file_actions_adddup2(&actions, line, STDIN_FILENO);
  }
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
                                   call.error_file.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int failed =
      posix_spawn(pid, call.program.c_str(), &actions, nullptr,
                  Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

// Reads a complete line, without its end.
absl::StatusOr<std::string> ReadLine(int fd, absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  std::string text;
  while (text.find('\n') == std::string::npos) {
    pollfd ready = {fd, POLLIN, 0};
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left <= 0) return absl::DeadlineExceededError("no line came");
    if (poll(&ready, 1, static_cast<int>(left)) <= 0) continue;
    char bytes[256];
    const ssize_t count = read(fd, bytes, sizeof bytes);
    if (count <= 0 || text.size() > ChildProcess::kMaxAnswerBytes) {
      return absl::UnavailableError("the process ended, or said no line");
    }
    text.append(bytes, static_cast<size_t>(count));
  }
  text.resize(text.find('\n'));
  return text;
}

// HOST:PORT of the ready line; empty when there is none.
std::string ReadAddress(int fd) {
  const auto text = ReadLine(fd, kStartTimeout);
  if (!text.ok() || text->find(std::string(kReady)) != 0) return "";
  return text->substr(kReady.size());
}

std::string TailOf(const std::string& path) {
  std::ifstream file(path);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.size() <= kErrorTailBytes) return text;
  return text.substr(text.size() - kErrorTailBytes);
}

ProcessUse ToUse(const rusage& usage) {
  ProcessUse use;
  use.cpu = absl::DurationFromTimeval(usage.ru_utime) +
            absl::DurationFromTimeval(usage.ru_stime);
  use.peak_bytes = static_cast<size_t>(usage.ru_maxrss) << 10;
  return use;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(
    const Call& call) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::InternalError(
        absl::StrCat("socketpair: ", std::strerror(errno)));
  }
  pid_t pid = 0;
  const int failed = Spawn(call, ends[1], &pid);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return absl::NotFoundError(
        absl::StrCat(call.program, ": ", std::strerror(failed)));
  }
  std::string address =
      call.address.empty() ? ReadAddress(ends[0]) : call.address;
  if (!call.talks) close(std::exchange(ends[0], -1));
  auto child =
      absl::WrapUnique(new ChildProcess(pid, ends[0], std::move(address)));
  if (child->address().empty()) {
    return absl::UnavailableError(absl::StrCat(
        call.program, " did not start:\n", TailOf(call.error_file)));
  }
  return child;
}

ChildProcess::~ChildProcess() {
  if (line_ >= 0) close(line_);
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

absl::StatusOr<std::string> ChildProcess::Ask(const std::string& line,
                                              absl::Duration timeout) {
  if (line_ < 0) return absl::FailedPreconditionError("it does not talk");
  const std::string text = line + "\n";
  if (send(line_, text.data(), text.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(text.size())) {
    return absl::UnavailableError("the process does not listen any more");
  }
  return ReadLine(line_, timeout);
}

absl::StatusOr<size_t> ChildProcess::ResidentBytes() const {
  std::ifstream file(absl::StrCat("/proc/", pid_, "/statm"));
  size_t pages = 0;
  size_t resident = 0;
  if (!(file >> pages >> resident)) {
    return absl::UnavailableError("the process has ended");
  }
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

absl::StatusOr<ProcessUse> ChildProcess::Stop() {
  const pid_t pid = std::exchange(pid_, 0);
  kill(pid, SIGTERM);
  int status = 0;
  rusage usage = {};
  while (wait4(pid, &status, 0, &usage) < 0) {
    if (errno == EINTR) continue;
    return absl::InternalError(absl::StrCat("wait4: ", std::strerror(errno)));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return absl::InternalError(
        absl::StrCat("a server ended with wait status ", status));
  }
  return ToUse(usage);
}

}  // namespace qantara::tools
