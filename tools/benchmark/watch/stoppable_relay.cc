#include "tools/benchmark/watch/stoppable_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace qantara::tools {
namespace {

constexpr char kLoopback[] = "127.0.0.1";
constexpr int kBacklog = 16;
// How soon Stop, GoOn and the end are noticed.
constexpr int kLookMillis = 5;
constexpr size_t kChunkBytes = 64 << 10;
// Small, so that a server is soon held up.
constexpr int kReceiveBytes = 64 << 10;

std::optional<sockaddr_in> AddressOf(const std::string& host, int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
    return std::nullopt;
  }
  return address;
}

// -1: cannot.
int Listen() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in any = *AddressOf(kLoopback, 0);
  if (fd >= 0 &&
      bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0 &&
      listen(fd, kBacklog) == 0) {
    return fd;
  }
  if (fd >= 0) close(fd);
  return -1;
}

int PortOf(int fd) {
  sockaddr_in bound = {};
  socklen_t size = sizeof bound;
  getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  return ntohs(bound.sin_port);
}

void SendAtOnce(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// -1: cannot.
int Connect(const sockaddr_in& address) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kReceiveBytes, sizeof kReceiveBytes);
  SendAtOnce(fd);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address),
              sizeof address) == 0) {
    return fd;
  }
  close(fd);
  return -1;
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoppableRelay>> StoppableRelay::Start(
    const std::string& server) {
  const std::vector<std::string> parts = absl::StrSplit(server, ':');
  int port = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &port) || port <= 0 ||
      port > UINT16_MAX || !AddressOf(parts[0], port).has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("no address: ", server));
  }
  const int listener = Listen();
  if (listener < 0) {
    return absl::InternalError(
        absl::StrCat("cannot listen: ", std::strerror(errno)));
  }
  auto relay = absl::WrapUnique(new StoppableRelay(
      listener, absl::StrCat(kLoopback, ":", PortOf(listener)), parts[0],
      port));
  relay->thread_ = std::thread([relay = relay.get()] { relay->Run(); });
  return relay;
}

StoppableRelay::~StoppableRelay() {
  over_ = true;
  thread_.join();
  close(listener_);
}

void StoppableRelay::Run() {
  std::vector<pollfd> ready;
  while (!over_) {
    ready.assign(1, {listener_, POLLIN, 0});
    const bool stopped = stopped_;
    for (const Pair& pair : pairs_) {
      if (stopped) break;
      ready.push_back({pair.client, POLLIN, 0});
      ready.push_back({pair.server, POLLIN, 0});
    }
    if (poll(ready.data(), ready.size(), kLookMillis) <= 0) continue;
    std::vector<Pair> open;
    for (size_t i = 0; !stopped && i < pairs_.size(); ++i) {
      const Pair& pair = pairs_[i];
      const bool from_client = ready[1 + 2 * i].revents != 0;
      const bool from_server = ready[2 + 2 * i].revents != 0;
      if ((!from_client || Copy(pair.client, pair.server)) &&
          (!from_server || Copy(pair.server, pair.client))) {
        open.push_back(pair);
        continue;
      }
      close(pair.client);
      close(pair.server);
    }
    if (!stopped) pairs_ = std::move(open);
    if (ready[0].revents != 0) Accept();
  }
  for (const Pair& pair : pairs_) {
    close(pair.client);
    close(pair.server);
  }
}

void StoppableRelay::Accept() {
  const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = Connect(*AddressOf(host_, port_));
  if (server < 0) {
    close(client);
    return;
  }
  SendAtOnce(client);
  pairs_.push_back({client, server});
}

bool StoppableRelay::Copy(int from, int to) {
  std::array<char, kChunkBytes> bytes;
  const ssize_t count = recv(from, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  for (ssize_t sent = 0; sent < count;) {
    const ssize_t more = send(to, bytes.data() + sent,
                              static_cast<size_t>(count - sent), MSG_NOSIGNAL);
    if (more < 0) return false;
    sent += more;
  }
  return true;
}

}  // namespace qantara::tools
