#include "adapters/system/system_clock.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

TEST(SystemClockTest, TimeSinceBootNeverGoesBack) {
  const SystemClock clock;
  int64_t last = clock.BootMillis();
  EXPECT_GT(last, 0);
  for (int i = 0; i < 1000; ++i) {
    const int64_t now = clock.BootMillis();
    EXPECT_GE(now, last);
    last = now;
  }
}

TEST(SystemClockTest, TheBootIdIsThatOfTheKernel) {
  const SystemClock one;
  const SystemClock two;
  EXPECT_FALSE(one.boot_id().empty());
  EXPECT_EQ(one.boot_id(), two.boot_id());
}

}  // namespace
}  // namespace qantara::adapters
