#include "tools/benchmark/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
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

// Spawns it with `output` as its standard output. Returns 0 or an errno.
int Spawn(const ChildProcess::Call& call, int output, pid_t* pid) {
  std::vector<std::string> arguments = {call.program};
  arguments.insert(arguments.end(), call.arguments.begin(),
                   call.arguments.end());
  std::vector<std::string> environment = call.environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    environment.emplace_back(*entry);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
                                   call.error_file.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int failed =
      posix_spawn(pid, call.program.c_str(), &actions, nullptr,
                  Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

// Reads up to a complete ready line, the end, or the time limit.
std::string ReadAddress(int fd) {
  const absl::Time deadline = absl::Now() + kStartTimeout;
  std::string text;
  while (text.find('\n') == std::string::npos) {
    pollfd ready = {fd, POLLIN, 0};
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left <= 0) return "";
    if (poll(&ready, 1, static_cast<int>(left)) <= 0) continue;
    char bytes[256];
    const ssize_t count = read(fd, bytes, sizeof bytes);
    if (count <= 0) return "";
    text.append(bytes, static_cast<size_t>(count));
  }
  text.resize(text.find('\n'));
  const size_t at = text.find(std::string(kReady));
  return at == 0 ? text.substr(kReady.size()) : "";
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
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("pipe: ", std::strerror(errno)));
  }
  pid_t pid = 0;
  const int failed = Spawn(call, ends[1], &pid);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return absl::NotFoundError(
        absl::StrCat(call.program, ": ", std::strerror(failed)));
  }
  std::string address = ReadAddress(ends[0]);
  close(ends[0]);
  auto child = absl::WrapUnique(new ChildProcess(pid, std::move(address)));
  if (child->address().empty()) {
    return absl::UnavailableError(absl::StrCat(
        call.program, " did not start:\n", TailOf(call.error_file)));
  }
  return child;
}

ChildProcess::~ChildProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
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
