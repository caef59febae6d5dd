#include "tools/benchmark/statistics.h"

#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

TEST(StatisticsTest, MedianOfAnOddNumberIsTheMiddleValue) {
  const Spread spread = SpreadOf({5, 1, 3});
  EXPECT_EQ(spread.median, 3);
  EXPECT_EQ(spread.lowest, 1);
  EXPECT_EQ(spread.highest, 5);
}

TEST(StatisticsTest, MedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo) {
  EXPECT_EQ(SpreadOf({4, 1, 2, 100}).median, 3);
}

TEST(StatisticsTest, OneValueIsItsOwnMedianAndSpread) {
  const Spread spread = SpreadOf({7});
  EXPECT_EQ(spread.median, 7);
  EXPECT_EQ(spread.lowest, 7);
  EXPECT_EQ(spread.highest, 7);
}

TEST(StatisticsTest, RatiosAreTakenWithinOneRound) {
  // Medians of each: 20 and 100; no round had that quotient.
  const Spread ratio = RatioOf({10, 20, 90}, {100, 40, 300});
  EXPECT_DOUBLE_EQ(ratio.median, 0.3);
  EXPECT_DOUBLE_EQ(ratio.lowest, 0.1);
  EXPECT_DOUBLE_EQ(ratio.highest, 0.5);
}

}  // namespace
}  // namespace qantara::tools
