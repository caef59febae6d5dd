#include "tools/benchmark/machine.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/status_macros.h"

namespace qantara::tools {
namespace {

constexpr size_t kSyncs = 101;

absl::Status SystemError(const char* what) {
  return absl::InternalError(absl::StrCat(what, ": ", std::strerror(errno)));
}

}  // namespace

double LoadAverage() {
  double minute = 0;
  return getloadavg(&minute, 1) == 1 ? minute : 0;
}

int CpuCount() { return static_cast<int>(std::thread::hardware_concurrency()); }

bool IsInMemory(const std::string& directory) {
  struct statfs info = {};
  if (statfs(directory.c_str(), &info) != 0) return false;
  return info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}

absl::StatusOr<absl::Duration> SyncTime(const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/sync_time");
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return SystemError(path.c_str());
  const std::string block(4096, 'x');
  std::array<absl::Duration, kSyncs> times;
  bool good = true;
  for (absl::Duration& time : times) {
    const absl::Time start = absl::Now();
    good = good &&
           write(fd, block.data(), block.size()) ==
               static_cast<ssize_t>(block.size()) &&
           fdatasync(fd) == 0;
    time = absl::Now() - start;
  }
  close(fd);
  unlink(path.c_str());
  if (!good) return SystemError("writing");
  std::nth_element(times.begin(), times.begin() + kSyncs / 2, times.end());
  return times[kSyncs / 2];
}

absl::StatusOr<std::string> DescribeMachine(const std::string& directory,
                                            bool strict) {
  const double load = LoadAverage();
  const bool busy = load > kQuietLoad;
  if (busy && strict) {
    return absl::FailedPreconditionError(
        absl::StrCat("the 1-minute load average is ", load, ", above ",
                     kQuietLoad, "; wait, or leave out --strict"));
  }
  QANTARA_ASSIGN_OR_RETURN(const absl::Duration sync, SyncTime(directory));
  return absl::StrCat(
      absl::StrFormat("machine: %d processors for servers and load generator "
                      "together; 1-minute load average %.2f at the start\n"
                      "disk: %s, 4 KiB with fdatasync in %.0f us%s\n",
                      CpuCount(), load, directory,
                      absl::ToDoubleMicroseconds(sync),
                      IsInMemory(directory) ? " (IN MEMORY: not durable)" : ""),
      busy ? "WARNING: the machine was busy; trust the ratios, not the "
             "figures\n"
           : "");
}

absl::StatusOr<int> ClosedPort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return SystemError("socket");
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      bind(fd, generic, size) == 0 && getsockname(fd, generic, &size) == 0;
  close(fd);
  if (!bound) return SystemError("bind");
  return ntohs(address.sin_port);
}

}  // namespace qantara::tools
