// A client's end of a stream that reads only when the test lets it.
#ifndef QANTARA_TESTS_SERVER_CORE_FAKE_PEER_H_
#define QANTARA_TESTS_SERVER_CORE_FAKE_PEER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

// Thread-safe. `Base` is the peer's interface.
template <typename Base, typename Response>
class FakePeerOf : public Base {
 public:
  void Write(const Response& response) override {
    const std::lock_guard lock(mutex_);
    seen_.push_back(response);
    writing_ = true;
    changed_.notify_all();
  }
  void Finish(const absl::Status& status) override {
    const std::lock_guard lock(mutex_);
    finished_ = status;
    changed_.notify_all();
  }

  // Waits for a message that was not reported as written yet.
  bool AwaitWrite() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return writing_ || finished_.has_value(); });
    return writing_;
  }
  // Reads messages until the call is finished, reporting each by `written`.
  absl::Status Drain(const std::function<void()>& written) {
    while (AwaitWrite()) {
      Taken();
      written();
    }
    const std::lock_guard lock(mutex_);
    return *finished_;
  }
  // The message that is being written was taken by the client.
  void Taken() {
    const std::lock_guard lock(mutex_);
    writing_ = false;
  }

  std::vector<Response> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  Response last() const {
    const std::lock_guard lock(mutex_);
    return seen_.back();
  }

 protected:
  mutable std::mutex mutex_;
  std::condition_variable changed_;

 private:
  std::vector<Response> seen_;
  bool writing_ = false;
  std::optional<absl::Status> finished_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_CORE_FAKE_PEER_H_
