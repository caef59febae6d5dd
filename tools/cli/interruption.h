// The user's wish to stop, seen by whoever waits.
#ifndef TOOLS_CLI_INTERRUPTION_H_
#define TOOLS_CLI_INTERRUPTION_H_

#include <condition_variable>
#include <functional>
#include <mutex>

#include "absl/time/time.h"

namespace qantara::tools {

// Set once, for good. Thread-safe.
class Interruption {
 public:
  // Wakes every waiter and runs the cancel function in place, on this thread.
  void Trigger();

  // Whether Trigger was called.
  bool triggered() const;

  // Waits for Trigger, at most `timeout`; returns whether it was called.
  bool WaitFor(absl::Duration timeout) const;

  // Puts a cancel function in place for the life of the object; it runs at once
  // when Trigger was called before. One at a time. The destructor waits for a
  // run that is under way.
  class Scope {
   public:
    Scope(Interruption& interruption, std::function<void()> cancel);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Interruption& interruption_;
  };

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool triggered_ = false;        // Guarded by mutex_.
  std::function<void()> cancel_;  // Guarded by mutex_.
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_INTERRUPTION_H_
