#include "adapters/system/system_clock.h"

#include <time.h>

#include <fstream>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace qantara::adapters {
namespace {

constexpr char kBootIdFile[] = "/proc/sys/kernel/random/boot_id";

std::string ReadBootId() {
  std::ifstream file(kBootIdFile);
  std::string line;
  std::getline(file, line);
  std::string id(absl::StripAsciiWhitespace(line));
  if (!id.empty()) return id;
  std::random_device random;
  return absl::StrCat("process-", absl::Hex(random(), absl::kZeroPad8),
                      absl::Hex(random(), absl::kZeroPad8));
}

}  // namespace

SystemClock::SystemClock() : boot_id_(ReadBootId()) {}

absl::Time SystemClock::Now() const { return absl::Now(); }

int64_t SystemClock::BootMillis() const {
  timespec now = {};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1000000;
}

}  // namespace qantara::adapters
