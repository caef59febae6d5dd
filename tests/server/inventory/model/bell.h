// Wakes the one thread that drives a run.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_BELL_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_BELL_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace qantara::server {

// Thread-safe. Shared, because threads of a killed process may ring when the
// run is over.
class Bell {
 public:
  void Ring() {
    const std::lock_guard lock(mutex_);
    ++rung_;
    changed_.notify_all();
  }
  // How often it rang.
  uint64_t rung() const {
    const std::lock_guard lock(mutex_);
    return rung_;
  }
  // Waits until it rang more often than `before`; returns whether it did.
  bool Await(uint64_t before, std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return rung_ != before; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t rung_ = 0;  // Guarded by mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_BELL_H_
