// One budget per account: how many requests may leave, and whose turn it is.
// Pure arithmetic on a clock that is given.
#ifndef QANTARA_DOMAIN_DELIVERY_REQUEST_BUDGET_H_
#define QANTARA_DOMAIN_DELIVERY_REQUEST_BUDGET_H_

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

#include "absl/time/time.h"

namespace qantara::domain {

// What a request is for, most urgent first.
enum class Lane : int { kUpdate = 0, kRefresh, kSettle, kPoll, kBulk };
inline constexpr int kLaneCount = 5;

// Requests that may leave at once after a pause.
inline constexpr double kBudgetBurst = 5;

// Never more than the configured rate leaves within any such time: what a
// provider counts in a minute, and what requests may be late on the way.
inline constexpr int64_t kBudgetWindowMillis = 60'500;

// A token bucket with lanes. The most urgent lane that waits goes first, except
// that each waiting lane gets its minimum share: settle 20 %, bulk 30 %, the
// others 5 %; and poll gets at most 20 % while bulk waits. Begins empty,
// because nobody knows what was spent before a restart.
//
// Not thread-safe. Times are milliseconds of Clock::BootMillis.
class RequestBudget {
 public:
  // `per_minute` is the configured rate, which is never exceeded.
  RequestBudget(double per_minute, int64_t now);

  // Takes one request for `lane`, or says when to ask again. A lane that was
  // refused counts as waiting until kWaitingFor after it was to ask again.
  struct Grant {
    bool granted = false;
    int64_t retry_at = 0;
  };
  Grant TryTake(Lane lane, int64_t now);

  // Time at which the next request can leave, whoever's it is; takes nothing.
  int64_t NextAt(int64_t now);

  // The provider throttled us: nothing leaves before `retry_after` has passed
  // (bounded; absent: kDefaultPause), and the rate is lowered by a third, once
  // per pause.
  void Throttled(std::optional<absl::Duration> retry_after, int64_t now);

  // A request was answered without throttling: the rate is raised slowly.
  void Answered();

  // Requests per minute that are spent at present.
  double rate_per_minute() const { return rate_; }

 private:
  void Refill(int64_t now);
  bool IsWaiting(int lane, int64_t now) const;
  // Whose turn it is among the waiting lanes.
  int Choose(int64_t now) const;
  void Count(int lane);

  const double configured_;
  double rate_;
  double tokens_ = 0;
  int64_t refilled_at_;
  int64_t blocked_until_ = 0;
  // Until when a lane counts as waiting; far in the past when it does not.
  std::array<int64_t, kLaneCount> waits_until_;
  // Times of the grants within the window, oldest first.
  std::deque<int64_t> recent_;
  // Recent grants per lane, halved now and then.
  std::array<double, kLaneCount> granted_{};
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_REQUEST_BUDGET_H_
