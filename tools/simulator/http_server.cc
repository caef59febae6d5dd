#include "tools/simulator/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/simulator/http_reader.h"
#include "tools/simulator/http_writer.h"

namespace qantara::simulator {
namespace {

constexpr int kBacklog = 512;

HttpReply BadRequest() {
  HttpReply reply;
  reply.status = 400;
  reply.body = R"({"status":400,"error":"Bad Request"})";
  reply.delivery.close = true;
  return reply;
}

}  // namespace

HttpServer::HttpServer(HttpHandler* handler) : handler_(handler) {}

HttpServer::~HttpServer() { Stop(); }

absl::StatusOr<int> HttpServer::Start(const std::string& host, int port) {
  host_ = host;
  port_ = port;
  wake_fd_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_fd_ < 0) return absl::UnavailableError("no eventfd");
  absl::StatusOr<int> listening = Listen();
  if (!listening.ok()) return listening;
  acceptor_ = std::thread([this] { AcceptLoop(); });
  return port_;
}

absl::StatusOr<int> HttpServer::Listen() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port_));
  if (inet_pton(AF_INET, host_.c_str(), &address.sin_addr) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("not an IPv4 address: ", host_));
  }
  listen_fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listen_fd_ < 0) return absl::UnavailableError(std::strerror(errno));
  const int on = 1;
  setsockopt(listen_fd_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  if (bind(listen_fd_, generic, size) != 0 ||
      listen(listen_fd_, kBacklog) != 0 ||
      getsockname(listen_fd_, generic, &size) != 0) {
    const int error = errno;
    close(listen_fd_);
    listen_fd_ = -1;
    return absl::UnavailableError(std::strerror(error));
  }
  port_ = ntohs(address.sin_port);
  return port_;
}

void HttpServer::AcceptLoop() {
  while (true) {
    pollfd fds[2] = {{wake_fd_, POLLIN, 0}, {listen_fd_, POLLIN, 0}};
    poll(fds, 2, -1);
    uint64_t count = 0;
    if (read(wake_fd_, &count, sizeof(count)) < 0) count = 0;
    int64_t refuse_ms = 0;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (stopping_) return;
      refuse_ms = std::exchange(refuse_ms_, 0);
    }
    if (refuse_ms > 0) {
      close(listen_fd_);
      listen_fd_ = -1;
      if (!waiter_.Sleep(refuse_ms)) return;
      // The port is ours by number only; if somebody took it, try on.
      while (!Listen().ok()) {
        if (!waiter_.Sleep(10)) return;
      }
    } else if (fds[1].revents != 0) {
      AcceptOne();
    }
  }
}

void HttpServer::AcceptOne() {
  const int fd = accept4(listen_fd_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  auto socket = std::make_shared<Socket>(fd);
  const bool accepts = handler_->Accepts();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!accepts || stopping_ || open_.size() >= kConnectionsMax) {
    socket->ResetOnClose();
    return;
  }
  const int64_t connection = next_connection_++;
  open_.emplace(connection, socket);
  // Detached: Stop() waits until open_ is empty, and the thread touches
  // nothing of ours after it has taken itself out.
  std::thread([this, socket = std::move(socket), connection]() mutable {
    Serve(socket, connection);
    socket.reset();
    const std::lock_guard<std::mutex> done(mutex_);
    open_.erase(connection);
    idle_.notify_all();
  }).detach();
}

void HttpServer::Serve(const std::shared_ptr<Socket>& socket,
                       int64_t connection) {
  for (int64_t served = 0; ServeOne(*socket, connection, served); ++served) {
  }
}

bool HttpServer::ServeOne(Socket& socket, int64_t connection,
                          int64_t served_before) {
  absl::StatusOr<HttpRequest> request = ReadHead(socket);
  if (!request.ok()) {
    if (absl::IsInvalidArgument(request.status())) {
      RefuseBadRequest(socket);
    }
    return false;
  }
  request->connection = connection;
  request->served_before = served_before;
  if (!handler_->Reads(*request)) {
    socket.ResetOnClose();
    return false;
  }
  if (absl::Status status = ReadBody(socket, &*request); !status.ok()) {
    if (absl::IsInvalidArgument(status)) {
      RefuseBadRequest(socket);
    }
    return false;
  }
  const HttpReply reply = handler_->Handle(*request);
  return WriteReply(socket, reply, request->keep_alive, waiter_,
                    [&](Fate fate) {
                      if (reply.journal_number != 0) {
                        handler_->Answered(reply.journal_number, fate);
                      }
                    });
}

void HttpServer::RefuseBadRequest(Socket& socket) {
  WriteReply(socket, BadRequest(), false, waiter_, [](Fate) {});
}

void HttpServer::RefuseConnections(int64_t ms) {
  const std::lock_guard<std::mutex> lock(mutex_);
  refuse_ms_ = ms;
  Wake();
}

void HttpServer::Wake() {
  const uint64_t one = 1;
  // A full counter is as good as a write: the loop is awake already.
  [[maybe_unused]] const ssize_t done = write(wake_fd_, &one, sizeof(one));
}

void HttpServer::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (wake_fd_ < 0) return;
    stopping_ = true;
    Wake();
  }
  waiter_.Stop();
  if (acceptor_.joinable()) acceptor_.join();
  std::unique_lock<std::mutex> lock(mutex_);
  for (const auto& [number, socket] : open_) socket->Interrupt();
  idle_.wait(lock, [this] { return open_.empty(); });
  if (listen_fd_ >= 0) close(listen_fd_);
  listen_fd_ = -1;
  close(wake_fd_);
  wake_fd_ = -1;
}

}  // namespace qantara::simulator
