// A poller that reads only when the test lets it.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_FAKE_REFRESHER_H_
#define QANTARA_TESTS_SERVER_INVENTORY_FAKE_REFRESHER_H_

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/core/stock_refresher.h"

namespace qantara::server {

// Shares nothing: each wish is one request. Thread-safe.
class FakeRefresher : public StockRefresher {
 public:
  using Done = std::function<void(absl::StatusOr<RefreshOutcome>)>;

  struct Asked {
    RefreshWish wish;
    int64_t deadline = 0;
    Done done;
  };

  void Refresh(RefreshWish wish, int64_t deadline, Done done) override {
    const std::lock_guard lock(mutex_);
    asked_.push_back({std::move(wish), deadline, std::move(done)});
    changed_.notify_all();
  }
  std::optional<absl::Time> LastRead(
      const std::string& remote_id) const override {
    const std::lock_guard lock(mutex_);
    const auto found = last_read_.find(remote_id);
    if (found == last_read_.end()) return std::nullopt;
    return found->second;
  }
  std::optional<absl::Time> OldestRead() const override { return {}; }
  void Want(const std::vector<std::string>& remote_ids) override {
    const std::lock_guard lock(mutex_);
    wanted_.insert(wanted_.end(), remote_ids.begin(), remote_ids.end());
  }

  void SetLastRead(const std::string& remote_id, absl::Time time) {
    const std::lock_guard lock(mutex_);
    last_read_[remote_id] = time;
  }

  // Waits for the wish with that number, from 0, and returns it.
  Asked Await(size_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return asked_.size() > number; });
    return asked_[number];
  }
  size_t asked() const {
    const std::lock_guard lock(mutex_);
    return asked_.size();
  }
  std::vector<std::string> wanted() const {
    const std::lock_guard lock(mutex_);
    return wanted_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All below are guarded by mutex_.
  std::vector<Asked> asked_;
  std::map<std::string, absl::Time> last_read_;
  std::vector<std::string> wanted_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_FAKE_REFRESHER_H_
