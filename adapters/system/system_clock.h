// The clocks of the machine.
#ifndef QANTARA_ADAPTERS_SYSTEM_SYSTEM_CLOCK_H_
#define QANTARA_ADAPTERS_SYSTEM_SYSTEM_CLOCK_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "domain/ports/clock.h"

namespace qantara::adapters {

// CLOCK_BOOTTIME and the kernel's boot id. Where the kernel tells no boot id,
// each SystemClock makes one up: waits then start again at each restart, which
// is late but never wrong.
class SystemClock : public domain::Clock {
 public:
  SystemClock();

  absl::Time Now() const override;
  int64_t BootMillis() const override;
  const std::string& boot_id() const override { return boot_id_; }

 private:
  const std::string boot_id_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_SYSTEM_SYSTEM_CLOCK_H_
