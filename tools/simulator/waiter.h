// Sleeping that a stop can interrupt.
#ifndef TOOLS_SIMULATOR_WAITER_H_
#define TOOLS_SIMULATOR_WAITER_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace qantara::simulator {

// Thread-safe.
class Waiter {
 public:
  // Waits `ms` milliseconds. False as soon as Stop() was called.
  bool Sleep(int64_t ms) {
    std::unique_lock<std::mutex> lock(mutex_);
    return !changed_.wait_for(lock, std::chrono::milliseconds(ms),
                              [this] { return stopped_; });
  }

  // Wakes every sleeper; later sleeps return at once.
  void Stop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_WAITER_H_
