// Time that passes only when the simulation says so.
#ifndef QANTARA_TESTS_SIMULATION_VIRTUAL_CLOCK_H_
#define QANTARA_TESTS_SIMULATION_VIRTUAL_CLOCK_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "domain/ports/clock.h"

namespace qantara::simulation {

// Milliseconds since the schedule began. It never goes back; the world runs
// on it.
using WorldMillis = int64_t;

// What the server sees of it: the time since the machine's last start. Not
// thread-safe: a simulation has one thread.
class VirtualClock final : public domain::Clock {
 public:
  absl::Time Now() const override {
    return absl::FromUnixMillis(1'790'000'000'000 + now_);
  }
  int64_t BootMillis() const override { return now_ - booted_at_ + kUpTime; }
  const std::string& boot_id() const override { return boot_id_; }

  WorldMillis now() const { return now_; }
  void AdvanceTo(WorldMillis time) {
    if (time > now_) now_ = time;
  }

  // The machine starts anew: another boot, and its clock begins again.
  void Reboot() {
    booted_at_ = now_;
    boot_id_ = absl::StrCat("boot-", ++boots_);
  }

 private:
  // A server does not start in the first moment of a boot.
  static constexpr int64_t kUpTime = 10'000;

  WorldMillis now_ = 0;
  WorldMillis booted_at_ = 0;
  int boots_ = 1;
  std::string boot_id_ = "boot-1";
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_VIRTUAL_CLOCK_H_
