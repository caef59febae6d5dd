// A clock that stands still.
#ifndef QANTARA_TESTS_STORE_FIXED_CLOCK_H_
#define QANTARA_TESTS_STORE_FIXED_CLOCK_H_

#include <string>

#include "domain/ports/clock.h"

namespace qantara::store {

class FixedClock : public domain::Clock {
 public:
  absl::Time Now() const override {
    return absl::FromUnixNanos(1700000000123456789);
  }
  int64_t BootMillis() const override { return 1000; }
  const std::string& boot_id() const override { return boot_id_; }

 private:
  const std::string boot_id_ = "boot";
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_FIXED_CLOCK_H_
