// Where blocking work runs: threads and a queue with a bound.
#ifndef QANTARA_SERVER_CORE_EXECUTOR_H_
#define QANTARA_SERVER_CORE_EXECUTOR_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace qantara::server {

// Runs tasks in the order in which they came, on several threads. Thread-safe.
class Executor {
 public:
  struct Bounds {
    size_t threads = 4;
    // Tasks of TrySchedule that may wait.
    size_t waiting = 1024;
  };

  explicit Executor(Bounds bounds);
  ~Executor() { Stop(); }
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Runs what waits, then ends the threads. Later tasks are dropped. May be
  // called again, by one thread at a time.
  void Stop();

  // Runs `task` soon. Returns false, and drops it, when too many wait.
  bool TrySchedule(std::function<void()> task);

  // Runs `task` soon, however many wait: for callers that never have more than
  // one task waiting, and whose own number is bounded.
  void Schedule(std::function<void()> task);

 private:
  void Run();

  const Bounds bounds_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_EXECUTOR_H_
