// A clock that stands still until a test moves it.
#ifndef QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_CLOCK_H_
#define QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_CLOCK_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "domain/ports/clock.h"

namespace qantara::adapters {

class FakeClock : public domain::Clock {
 public:
  absl::Time Now() const override {
    return absl::FromUnixSeconds(1780000000) +
           absl::Milliseconds(millis_.load());
  }
  // Moves by `step` at each reading, after it.
  int64_t BootMillis() const override { return millis_.fetch_add(step_); }
  const std::string& boot_id() const override { return boot_id_; }

  void Advance(int64_t millis) { millis_ += millis; }
  void AdvanceAtEachReading(int64_t millis) { step_ = millis; }

 private:
  mutable std::atomic<int64_t> millis_{1000};
  std::atomic<int64_t> step_{0};
  const std::string boot_id_ = "fake-boot";
};

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_CLOCK_H_
