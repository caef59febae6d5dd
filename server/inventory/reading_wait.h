// Waits for a reading, without a thread.
#ifndef QANTARA_SERVER_INVENTORY_READING_WAIT_H_
#define QANTARA_SERVER_INVENTORY_READING_WAIT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/error.h"
#include "server/core/call_scope.h"
#include "server/core/core.h"

namespace qantara::server {

// Ends with what it is told first: the result, or that time is up or the caller
// is gone. Thread-safe; never blocks.
template <typename Result>
class ReadingWait : public std::enable_shared_from_this<ReadingWait<Result>> {
 public:
  using Done = std::function<void(absl::StatusOr<Result>)>;

  // `done` runs once, on the executor: with the result, with kDeadlineExceeded
  // at `deadline` (Clock::BootMillis), or with kCancelled when the caller is
  // gone. `core` must outlive the wait.
  static std::shared_ptr<ReadingWait> Start(Core& core, int64_t deadline,
                                            CallScope& scope, Done done) {
    std::shared_ptr<ReadingWait> wait(new ReadingWait(core, std::move(done)));
    const absl::Duration left =
        absl::Milliseconds(deadline - core.clock.BootMillis());
    {
      const std::lock_guard lock(wait->mutex_);
      wait->timer_ = core.timer.After(left, [wait] {
        wait->End(domain::MakeError(absl::StatusCode::kDeadlineExceeded,
                                    v1::ERROR_REASON_UNSPECIFIED,
                                    "the provider was not read in time"));
      });
    }
    scope.OnCancel(
        [wait] { wait->End(absl::CancelledError("the caller is gone")); });
    return wait;
  }

  // Tells the result; has no effect when the wait is over.
  void End(absl::StatusOr<Result> result) {
    Done done;
    {
      const std::lock_guard lock(mutex_);
      done = std::exchange(done_, nullptr);
      if (done == nullptr) return;
      core_.timer.Cancel(timer_);
    }
    core_.executor.Schedule(
        [done = std::move(done), result = std::move(result)] { done(result); });
  }

 private:
  ReadingWait(Core& core, Done done) : core_(core), done_(std::move(done)) {}

  Core& core_;
  std::mutex mutex_;
  Done done_;        // Null once the wait is over; guarded by mutex_.
  Timer::Id timer_;  // Guarded by mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_READING_WAIT_H_
