#include "tests/adapters/support/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace qantara::adapters {
namespace {

// Returns a bound socket and sets `port`.
int BoundSocket(int* port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  *port = ntohs(address.sin_port);
  return fd;
}

size_t BodySize(absl::string_view head) {
  for (absl::string_view line : absl::StrSplit(head, "\r\n")) {
    const std::vector<absl::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    size_t size = 0;
    if (parts.size() == 2 &&
        absl::EqualsIgnoreCase(parts[0], "Content-Length") &&
        absl::SimpleAtoi(absl::StripAsciiWhitespace(parts[1]), &size)) {
      return size;
    }
  }
  return 0;
}

// Reads one request; `buffer` keeps what follows it.
std::optional<ReceivedRequest> ReadRequest(int socket, std::string* buffer) {
  const auto more = [&] {
    char bytes[4096];
    const ssize_t got = recv(socket, bytes, sizeof(bytes), 0);
    if (got > 0) buffer->append(bytes, static_cast<size_t>(got));
    return got > 0;
  };
  size_t end = 0;
  while ((end = buffer->find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  ReceivedRequest request;
  const size_t line_end = buffer->find("\r\n");
  request.line = buffer->substr(0, line_end);
  request.head = buffer->substr(line_end + 2, end - line_end);
  const size_t size = BodySize(request.head);
  while (buffer->size() < end + 4 + size) {
    if (!more()) return std::nullopt;
  }
  request.body = buffer->substr(end + 4, size);
  buffer->erase(0, end + 4 + size);
  return request;
}

void SendAll(int socket, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

}  // namespace

ScriptedServer::ScriptedServer(Script script, std::string greeting)
    : script_(std::move(script)), greeting_(std::move(greeting)) {
  listener_ = BoundSocket(&port_);
  if (listen(listener_, 64) != 0) std::abort();
  acceptor_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  changed_.notify_all();
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
}

std::string ScriptedServer::Url(absl::string_view path) const {
  return absl::StrCat("http://127.0.0.1:", port_, path);
}

std::vector<ReceivedRequest> ScriptedServer::requests() {
  std::lock_guard<std::mutex> lock(mutex_);
  return requests_;
}

int ScriptedServer::connections() {
  std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(sockets_.size());
}

void ScriptedServer::WaitForConnections(int count) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock,
                [&] { return static_cast<int>(sockets_.size()) >= count; });
}

void ScriptedServer::Accept() {
  while (true) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    std::lock_guard<std::mutex> lock(mutex_);
    if (socket < 0 || stopping_) {
      if (socket >= 0) close(socket);
      return;
    }
    const int connection = static_cast<int>(sockets_.size());
    // Sockets stay open as numbers until the end: none is used twice.
    sockets_.push_back(socket);
    threads_.emplace_back(
        [this, socket, connection] { Serve(socket, connection); });
    changed_.notify_all();
  }
}

void ScriptedServer::Serve(int socket, int connection) {
  SendAll(socket, greeting_);
  std::string buffer;
  while (std::optional<ReceivedRequest> request =
             ReadRequest(socket, &buffer)) {
    request->connection = connection;
    ScriptedReply reply;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      requests_.push_back(*request);
      reply = script_(*request);
    }
    SendAll(socket, reply.bytes);
    switch (reply.then) {
      case ScriptedReply::Then::kKeep:
        continue;
      case ScriptedReply::Then::kClose:
        shutdown(socket, SHUT_RDWR);
        return;
      case ScriptedReply::Then::kReset: {
        // Connecting a socket to nowhere aborts its connection.
        sockaddr nowhere = {};
        nowhere.sa_family = AF_UNSPEC;
        (void)connect(socket, &nowhere, sizeof(nowhere));
        return;
      }
      case ScriptedReply::Then::kStall: {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [this] { return stopping_; });
        return;
      }
    }
  }
}

std::string Answer(int status, absl::string_view body,
                   absl::string_view extra_headers) {
  return absl::StrCat("HTTP/1.1 ", status,
                      " Scripted\r\nContent-Length: ", body.size(), "\r\n",
                      extra_headers, "\r\n", body);
}

int ClosedPort() {
  int port = 0;
  // Bound and closed again: the kernel does not hand it out again at once.
  close(BoundSocket(&port));
  return port;
}

}  // namespace qantara::adapters
