// How long to wait before the next attempt, and when to give up.
#ifndef TOOLS_CLI_RETRY_PACE_H_
#define TOOLS_CLI_RETRY_PACE_H_

#include <optional>
#include <random>

#include "absl/time/time.h"

namespace qantara::tools {

// First and longest wait between two attempts, before jitter.
inline constexpr absl::Duration kFirstRetryWait = absl::Milliseconds(200);
inline constexpr absl::Duration kLongestRetryWait = absl::Seconds(5);

// Doubles the wait after every attempt that came to nothing. One thread at a
// time.
class RetryPace {
 public:
  // Gives up when no attempt got anywhere for `retry_for`. `seed` picks the
  // jitter.
  RetryPace(absl::Duration retry_for, uint64_t seed)
      : retry_for_(retry_for), random_(seed) {}

  // Says that an attempt got somewhere: the next wait is short again.
  void Succeeded();

  // Says that an attempt ended at `now`. Returns how long to wait for the next
  // one: half to all of the doubled wait. Returns nothing when it is time to
  // give up.
  std::optional<absl::Duration> Failed(absl::Time now);

 private:
  const absl::Duration retry_for_;
  std::minstd_rand random_;
  absl::Duration wait_ = kFirstRetryWait;
  std::optional<absl::Time> failing_since_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_RETRY_PACE_H_
