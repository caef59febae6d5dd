// One thread with a mailbox: everything that one worker owns happens on it.
#ifndef QANTARA_SERVER_DELIVERY_ACTOR_H_
#define QANTARA_SERVER_DELIVERY_ACTOR_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>

#include "domain/ports/clock.h"

namespace qantara::server {

// Runs `step` whenever there may be something to do: after a message, after
// Wake, and at the time that the last step asked for. Thread-safe.
class Actor {
 public:
  // Returned by a step that waits for nothing but a message.
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  // `step` returns the time, by `clock.BootMillis`, at which it wants to run
  // again. `clock` must outlive the actor.
  Actor(const domain::Clock& clock, std::function<int64_t()> step);
  ~Actor();
  Actor(const Actor&) = delete;
  Actor& operator=(const Actor&) = delete;

  void Start();
  // Waits for the present step; messages that wait are dropped. Idempotent.
  void Stop();

  // Runs `message` on the thread, before the next step. Callers have a bounded
  // number of messages outstanding: one per request in flight.
  void Post(std::function<void()> message);
  void Wake();

  // For a simulation, which has no threads: runs the messages that wait and one
  // step; returns what the step returned. Instead of Start.
  int64_t RunOnceForTest();
  // Whether RunOnceForTest has something to do before the time that the last
  // step asked for.
  bool IsAwakeForTest();

 private:
  void Run();

  const domain::Clock& clock_;
  const std::function<int64_t()> step_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> mailbox_;  // Guarded by mutex_.
  bool awake_ = false;                         // Guarded by mutex_.
  bool stopping_ = false;                      // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_ACTOR_H_
