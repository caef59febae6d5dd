// What time it is, on the two clocks that matter.
#ifndef QANTARA_DOMAIN_PORTS_CLOCK_H_
#define QANTARA_DOMAIN_PORTS_CLOCK_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace qantara::domain {

// Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  // The wall clock. It may jump; only for showing to people and to other
  // programs, never for waiting.
  virtual absl::Time Now() const = 0;

  // Milliseconds since the machine started, counting the time it was suspended.
  // Never goes back within one boot. Valid together with `boot_id()` only.
  virtual int64_t BootMillis() const = 0;

  // Identifies the present boot of the machine.
  virtual const std::string& boot_id() const = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_CLOCK_H_
