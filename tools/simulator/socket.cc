#include "tools/simulator/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace qantara::simulator {

Socket::Socket(int fd) : fd_(fd) {
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const timeval idle{kIdleSeconds, 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof(idle));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &idle, sizeof(idle));
}

Socket::~Socket() { close(fd_); }

absl::Status Socket::Fill() {
  char bytes[65536];
  ssize_t got;
  do {
    got = recv(fd_, bytes, sizeof(bytes), 0);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return absl::UnavailableError("the connection ended");
  buffer_.append(bytes, static_cast<size_t>(got));
  return absl::OkStatus();
}

absl::StatusOr<std::string> Socket::ReadUntil(absl::string_view mark,
                                              size_t limit) {
  size_t from = 0;
  while (true) {
    const size_t at = buffer_.find(mark.data(), from, mark.size());
    if (at != std::string::npos && at <= limit) {
      std::string text = buffer_.substr(0, at);
      buffer_.erase(0, at + mark.size());
      return text;
    }
    if (buffer_.size() > limit) {
      return absl::ResourceExhaustedError("too many bytes");
    }
    from = buffer_.size() < mark.size() ? 0 : buffer_.size() - mark.size();
    const bool first = buffer_.empty();
    if (absl::Status status = Fill(); !status.ok()) {
      return first ? absl::NotFoundError("no further request") : status;
    }
  }
}

absl::StatusOr<std::string> Socket::ReadExactly(size_t size) {
  while (buffer_.size() < size) {
    if (absl::Status status = Fill(); !status.ok()) return status;
  }
  std::string text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

bool Socket::Write(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool Socket::PeerGone() {
  char byte;
  const ssize_t got = recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 ||
         (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void Socket::ResetOnClose() {
  const linger now{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

void Socket::Interrupt() { shutdown(fd_, SHUT_RDWR); }

}  // namespace qantara::simulator
