#include "tools/cli/retry_pace.h"

#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

TEST(RetryPaceTest, WaitsDoubleUpToTheLongestWithJitter) {
  RetryPace pace(absl::Hours(1), 1);
  absl::Duration full = kFirstRetryWait;
  for (int attempt = 0; attempt < 20; ++attempt) {
    const auto wait = pace.Failed(kStart);
    ASSERT_TRUE(wait.has_value());
    EXPECT_GE(*wait, full / 2);
    EXPECT_LE(*wait, full);
    full = std::min(full * 2, kLongestRetryWait);
  }
  pace.Succeeded();
  EXPECT_LE(*pace.Failed(kStart), kFirstRetryWait);
}

TEST(RetryPaceTest, GivesUpWhenNothingSucceededForTooLong) {
  RetryPace pace(absl::Seconds(10), 1);
  EXPECT_TRUE(pace.Failed(kStart).has_value());
  EXPECT_TRUE(pace.Failed(kStart + absl::Seconds(9)).has_value());
  pace.Succeeded();
  EXPECT_TRUE(pace.Failed(kStart + absl::Seconds(11)).has_value());
  EXPECT_FALSE(pace.Failed(kStart + absl::Seconds(21)).has_value());
}

}  // namespace
}  // namespace qantara::tools
