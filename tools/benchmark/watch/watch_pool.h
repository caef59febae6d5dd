// Many watchers of one server, at little cost: messages are not decoded, only
// counted.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_POOL_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_POOL_H_

#include <grpcpp/completion_queue.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/benchmark/watch/message_scan.h"

namespace qantara::tools {

// How watchers speak with a server.
struct WatchDialect {
  std::string method;
  // Opens a watch, encoded.
  std::string request;
  // Whether the server ends a watch when it hears no more of the client.
  bool stays_open = false;
  std::optional<MessageScan> (*scan)(absl::string_view bytes,
                                     ScanDepth depth) = nullptr;
};

// Changes of one position that reached a watcher.
struct Delivery {
  uint64_t position = 0;
  // On the clock of MonotonicNanos.
  int64_t nanos = 0;
};

class Watcher;

// All of them are open while it lives. Methods: one thread at a time.
class WatchPool {
 public:
  struct Options {
    std::string address;
    WatchDialect dialect;
    int watchers = 1;
    // Watcher N uses connection N modulo this.
    int connections = 1;
    // Threads that read.
    int threads = 1;
    // Whether a connection may hold more and more that the program did not ask
    // for yet; if not, a watcher that stops reading is felt at once.
    bool reads_ahead = true;
    // Bytes of messages that a server may send before they are asked for; 0: as
    // gRPC would have it.
    int window_bytes = 0;
    // Keep when what was delivered, and whole messages.
    bool keep_deliveries = false;
    bool keep_messages = false;
  };

  // Opens them and waits until each is told that nothing is missing to it, and
  // that it will get what follows.
  //
  // Errors: kUnavailable; kDeadlineExceeded when that takes over a minute;
  // kDataLoss when a watch ends.
  static absl::StatusOr<std::unique_ptr<WatchPool>> Open(
      const Options& options);
  // The same without waiting.
  static absl::StatusOr<std::unique_ptr<WatchPool>> Begin(
      const Options& options);

  // Ends the watches.
  ~WatchPool();
  WatchPool(const WatchPool&) = delete;
  WatchPool& operator=(const WatchPool&) = delete;

  int size() const { return static_cast<int>(watchers_.size()); }

  // Changes that reached all watchers together.
  uint64_t delivered() const;
  // Bytes of the messages that told them.
  uint64_t bytes() const;
  // Changes of the watcher that got fewest, and of the one that got most.
  uint64_t fewest() const;
  uint64_t most() const;

  // Whether a watch is over.
  bool AnyEnded() const;

  // Waits until each watcher got so many changes.
  //
  // Errors: kDeadlineExceeded; kDataLoss when a watch ends before, or is sent
  // away.
  absl::Status Await(uint64_t changes, absl::Duration timeout);

  // Lets every watcher stop reading behind its present message, and go on.
  void Pause();
  void Resume();

  // What was kept since it was last taken, of each watcher or of one.
  std::vector<std::vector<Delivery>> TakeDeliveries();
  std::vector<std::string> TakeMessages(int watcher);

 private:
  explicit WatchPool(const Options& options);

  absl::Status AwaitReady(absl::Duration timeout);
  absl::Status Failure() const;

  const Options options_;
  std::vector<std::unique_ptr<grpc::CompletionQueue>> queues_;
  std::vector<std::unique_ptr<Watcher>> watchers_;
  std::vector<std::thread> threads_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_POOL_H_
