// One watcher of a WatchPool.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_WATCHER_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_WATCHER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tools/benchmark/watch/watch_pool.h"

namespace qantara::tools {

// Its events come from the completion queue, on one thread.
class Watcher {
 public:
  // A tag of the completion queue.
  struct Tag {
    enum class Kind { kStarted, kWritten, kRead, kFinished };
    Watcher* watcher;
    Kind kind;
  };

  Watcher(const std::shared_ptr<grpc::Channel>& channel,
          grpc::CompletionQueue* queue, const WatchPool::Options& options);

  void Start();
  void OnEvent(Tag::Kind kind, bool ok);

  // Any thread.
  void Cancel() { context_.TryCancel(); }
  void Pause();
  void Resume();
  uint64_t changes() const { return changes_.load(std::memory_order_relaxed); }
  uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  bool ready() const { return ready_.load(); }
  // The server sent it away, or what it said is not understood.
  bool bad() const { return bad_.load(); }
  bool ended() const { return ended_.load(); }

  // What was kept since it was last taken. Any thread.
  std::vector<Delivery> TakeDeliveries();
  std::vector<std::string> TakeMessages();

 private:
  void Keep(const MessageScan& scan, absl::string_view bytes);
  void OnMessage();
  void ReadNext();

  const WatchPool::Options& options_;
  grpc::GenericStub stub_;
  grpc::CompletionQueue* const queue_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::ByteBuffer message_;
  grpc::Status status_;
  Tag started_{this, Tag::Kind::kStarted};
  Tag written_{this, Tag::Kind::kWritten};
  Tag read_{this, Tag::Kind::kRead};
  Tag finished_{this, Tag::Kind::kFinished};

  std::atomic<uint64_t> changes_{0};
  std::atomic<uint64_t> bytes_{0};
  std::atomic<bool> ready_{false};
  std::atomic<bool> bad_{false};
  std::atomic<bool> ended_{false};

  std::mutex mutex_;
  // All guarded by mutex_.
  bool paused_ = false;
  bool waits_ = false;  // A read is held back.
  std::vector<Delivery> deliveries_;
  std::vector<std::string> messages_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_WATCHER_H_
