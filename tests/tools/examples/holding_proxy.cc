#include "tests/tools/examples/holding_proxy.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/process/support/must.h"

namespace qantara::examples {
namespace {

using process::Must;

constexpr int kBacklog = 16;
constexpr int64_t kBufferBytes = 16 * 1024;

uint16_t PortOf(const std::string& address) {
  uint32_t port = 0;
  if (!absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port)) {
    Must(absl::InvalidArgumentError(address));
  }
  return static_cast<uint16_t>(port);
}

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// -1 when nobody listens.
int Connect(uint16_t port) {
  const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  if (connect(file, reinterpret_cast<const sockaddr*>(&address),
              sizeof(address)) == 0) {
    return file;
  }
  close(file);
  return -1;
}

bool SendAll(int file, const char* data, int64_t size) {
  while (size > 0) {
    const ssize_t sent = send(file, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= sent;
  }
  return true;
}

}  // namespace

HoldingProxy::HoldingProxy(const std::string& server, int64_t hold_after)
    : server_port_(PortOf(server)), hold_after_(hold_after) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  auto* bound = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, bound, size) != 0 || listen(listener_, kBacklog) != 0 ||
      getsockname(listener_, bound, &size) != 0) {
    Must(absl::ErrnoToStatus(errno, "proxy"));
  }
  address_ = absl::StrCat("127.0.0.1:", ntohs(address.sin_port));
  acceptor_ = std::thread([this] { Accept(); });
}

HoldingProxy::~HoldingProxy() {
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  for (const auto& pipe : pipes_) End(pipe.get());
  for (std::thread& pump : pumps_) pump.join();
  for (const auto& pipe : pipes_) {
    close(pipe->client);
    close(pipe->server);
  }
}

void HoldingProxy::Accept() {
  while (true) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = Connect(server_port_);
    if (server < 0) {
      close(client);
      continue;
    }
    auto pipe = std::make_unique<Pipe>();
    pipe->client = client;
    pipe->server = server;
    pipe->allowance = pipes_.empty() ? hold_after_ : -1;
    pumps_.emplace_back([this, p = pipe.get()] { ClientToServer(p); });
    pumps_.emplace_back([this, p = pipe.get()] { ServerToClient(p); });
    pipes_.push_back(std::move(pipe));
  }
}

void HoldingProxy::ClientToServer(Pipe* pipe) {
  std::string buffer(kBufferBytes, '\0');
  while (pipe->allowance != 0) {
    const int64_t most = pipe->allowance < 0
                             ? kBufferBytes
                             : std::min(pipe->allowance, kBufferBytes);
    const ssize_t read = recv(pipe->client, buffer.data(), most, 0);
    if (read <= 0 || !SendAll(pipe->server, buffer.data(), read)) break;
    if (pipe->allowance > 0) pipe->allowance -= read;
  }
  if (pipe->allowance == 0) {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [&] { return pipe->over; });
  }
  End(pipe);
}

void HoldingProxy::ServerToClient(Pipe* pipe) {
  std::string buffer(kBufferBytes, '\0');
  while (true) {
    const ssize_t read = recv(pipe->server, buffer.data(), kBufferBytes, 0);
    if (read <= 0 || !SendAll(pipe->client, buffer.data(), read)) break;
  }
  End(pipe);
}

void HoldingProxy::End(Pipe* pipe) {
  shutdown(pipe->client, SHUT_RDWR);
  shutdown(pipe->server, SHUT_RDWR);
  const std::lock_guard<std::mutex> lock(mutex_);
  pipe->over = true;
  ended_.notify_all();
}

}  // namespace qantara::examples
