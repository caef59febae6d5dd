// Waits for what another process does.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_WAIT_UNTIL_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_WAIT_UNTIL_H_

#include <functional>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace qantara::process {

// How often the condition is looked at.
inline constexpr absl::Duration kLookInterval = absl::Milliseconds(5);

// Returns whether `condition` became true within `timeout`.
inline bool WaitUntil(absl::Duration timeout,
                      const std::function<bool()>& condition) {
  const absl::Time deadline = absl::Now() + timeout;
  while (!condition()) {
    if (absl::Now() >= deadline) return false;
    absl::SleepFor(kLookInterval);
  }
  return true;
}

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_WAIT_UNTIL_H_
