#include "tools/simulator/rate_limit.h"

#include "gtest/gtest.h"

namespace qantara::simulator {
namespace {

TEST(RateLimitTest, WindowSlides) {
  RateLimit limit;
  EXPECT_EQ(limit.Take(0, 2, 1000), 0);
  EXPECT_EQ(limit.Take(400, 2, 1000), 0);
  EXPECT_EQ(limit.Take(500, 2, 1000), 500);
  EXPECT_EQ(limit.Take(999, 2, 1000), 1);
  EXPECT_EQ(limit.Take(1000, 2, 1000), 0);
  EXPECT_EQ(limit.Take(1001, 2, 1000), 399);
}

TEST(RateLimitTest, RefusedRequestsDoNotCount) {
  RateLimit limit;
  EXPECT_EQ(limit.Take(0, 1, 1000), 0);
  for (int i = 1; i < 1000; ++i) EXPECT_GT(limit.Take(i, 1, 1000), 0);
  EXPECT_EQ(limit.Take(1000, 1, 1000), 0);
}

}  // namespace
}  // namespace qantara::simulator
