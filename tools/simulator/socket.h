// One TCP connection, server side: buffered reads, whole writes, and the ways
// to end it.
#ifndef TOOLS_SIMULATOR_SOCKET_H_
#define TOOLS_SIMULATOR_SOCKET_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::simulator {

// Used by one thread, except Interrupt().
class Socket {
 public:
  // Takes ownership of `fd`.
  explicit Socket(int fd);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // Reads up to and including `mark`, which is cut off. Errors: kNotFound when
  // the peer ended before one byte came; kUnavailable when it ended in between
  // or was silent for kIdleSeconds; kResourceExhausted above `limit` bytes.
  absl::StatusOr<std::string> ReadUntil(absl::string_view mark, size_t limit);

  // Reads exactly `size` bytes. Errors: kUnavailable as above.
  absl::StatusOr<std::string> ReadExactly(size_t size);

  static constexpr int kIdleSeconds = 120;

  // Writes all of `bytes`. False when the peer is gone.
  bool Write(absl::string_view bytes);

  // True when the peer has closed its side and nothing is left to read.
  bool PeerGone();

  // The close that follows sends RST, so that the peer loses what it has not
  // read yet.
  void ResetOnClose();

  // Makes every blocked call of the owner return. Thread-safe.
  void Interrupt();

 private:
  // Appends what arrives next to buffer_. Nothing arrived: kUnavailable.
  absl::Status Fill();

  const int fd_;
  std::string buffer_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_SOCKET_H_
