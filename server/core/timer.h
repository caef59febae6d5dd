// Runs things later.
#ifndef QANTARA_SERVER_CORE_TIMER_H_
#define QANTARA_SERVER_CORE_TIMER_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/time/time.h"

namespace qantara::server {

// One thread with a list of what is due when, by a clock that never jumps.
// Thread-safe. Callers bound how much they have on the list.
class Timer {
 public:
  // Names one entry of the list.
  using Id = std::pair<std::chrono::steady_clock::time_point, uint64_t>;

  Timer();
  ~Timer() { Stop(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Runs `task` once after `delay`, on the timer's thread, which it must not
  // block.
  Id After(absl::Duration delay, std::function<void()> task);

  // Drops what is not due yet, waits for what runs, and takes nothing more.
  // May be called again, by one thread at a time; not on the timer's thread.
  void Stop();

  // Drops an entry. It may be running or have run.
  void Cancel(const Id& id);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Id, std::function<void()>> tasks_;
  uint64_t next_ = 1;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_TIMER_H_
