// Between a client and a server: a network that stops.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STOPPABLE_RELAY_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STOPPABLE_RELAY_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"

namespace qantara::tools {

// Copies bytes both ways between those who connect to it and a server. Stopped,
// it reads from nobody, as a client whose process is frozen: what it was sent
// stays in sockets until they are full. Thread-safe.
class StoppableRelay {
 public:
  // `server`: IPv4 HOST:PORT.
  //
  // Errors: kInvalidArgument; kInternal when no socket can be had.
  static absl::StatusOr<std::unique_ptr<StoppableRelay>> Start(
      const std::string& server);

  // Ends all connections.
  ~StoppableRelay();
  StoppableRelay(const StoppableRelay&) = delete;
  StoppableRelay& operator=(const StoppableRelay&) = delete;

  // HOST:PORT where it listens.
  const std::string& address() const { return address_; }

  void Stop() { stopped_ = true; }
  void GoOn() { stopped_ = false; }

 private:
  struct Pair {
    int client;
    int server;
  };

  StoppableRelay(int listener, std::string address, std::string host, int port)
      : listener_(listener),
        address_(std::move(address)),
        host_(std::move(host)),
        port_(port) {}

  void Run();
  void Accept();
  // Copies what has arrived. False when that was the end.
  static bool Copy(int from, int to);

  const int listener_;
  const std::string address_;
  // Of the server.
  const std::string host_;
  const int port_;
  std::atomic<bool> stopped_{false};
  std::atomic<bool> over_{false};
  std::vector<Pair> pairs_;  // Used by thread_.
  std::thread thread_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STOPPABLE_RELAY_H_
