// Times of the boot clock as others tell them.
#ifndef QANTARA_SERVER_POLLER_WALL_TIME_H_
#define QANTARA_SERVER_POLLER_WALL_TIME_H_

#include <cstdint>

#include "absl/time/time.h"
#include "domain/ports/clock.h"

namespace qantara::server {

// The time on the wall clock, as it is set now, at which the boot clock showed
// `boot_millis`.
inline absl::Time WallTime(const domain::Clock& clock, int64_t boot_millis) {
  return clock.Now() - absl::Milliseconds(clock.BootMillis() - boot_millis);
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_WALL_TIME_H_
