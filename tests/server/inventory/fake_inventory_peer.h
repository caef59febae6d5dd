// A watcher that reads only when the test lets it.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_FAKE_INVENTORY_PEER_H_
#define QANTARA_TESTS_SERVER_INVENTORY_FAKE_INVENTORY_PEER_H_

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/inventory/inventory_peer.h"

namespace qantara::server {

// Thread-safe.
class FakeInventoryPeer : public InventoryPeer {
 public:
  // `changed` runs after each call of the watch; it must call neither
  // the watch nor the peer.
  explicit FakeInventoryPeer(std::function<void()> changed = [] {})
      : told_(std::move(changed)) {}

  void Write(EncodedMessage message, bool) override {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(message_, nullptr) << "two messages at once";
    message_ = std::move(message);
    changed_.notify_all();
    told_();
  }
  void Finish(const absl::Status& status) override {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(message_, nullptr) << "finished while a message is under way";
    finished_ = status;
    changed_.notify_all();
    told_();
  }

  // Takes the message that is under way; null when there is none. The watch is
  // to be told by OnWritten then.
  EncodedMessage Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(message_, nullptr);
  }
  // The same, waiting for it; null at the end.
  EncodedMessage Await() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return message_ || finished_.has_value(); });
    return std::exchange(message_, nullptr);
  }
  // Waits until a message is under way, and leaves it there.
  void AwaitWrite() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return message_ || finished_.has_value(); });
  }
  // Waits for the end.
  absl::Status AwaitFinish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return finished_.has_value(); });
    return *finished_;
  }
  std::optional<absl::Status> finished() const {
    const std::lock_guard lock(mutex_);
    return finished_;
  }

 private:
  const std::function<void()> told_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  EncodedMessage message_;
  std::optional<absl::Status> finished_;
};

// What the bytes say.
inline v1::WatchInventoryResponse Decode(const EncodedMessage& message) {
  v1::WatchInventoryResponse response;
  if (message == nullptr) {
    ADD_FAILURE() << "the watch ended";
  } else {
    EXPECT_TRUE(response.ParseFromString(*message));
  }
  return response;
}

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_FAKE_INVENTORY_PEER_H_
