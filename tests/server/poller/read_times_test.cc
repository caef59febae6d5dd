#include "server/poller/read_times.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

TEST(ReadTimesTest, ALaterRequestTellsMoreThanAnEarlierOne) {
  ReadTimes times;
  EXPECT_FALSE(times.LastRead("42").has_value());
  EXPECT_TRUE(times.Read("42", 2000));
  EXPECT_FALSE(times.Read("42", 1000)) << "its answer came late";
  EXPECT_EQ(times.LastRead("42"), 2000);
  EXPECT_TRUE(times.Read("42", 3000));
  EXPECT_EQ(times.LastRead("42"), 3000);
}

TEST(ReadTimesTest, IdsThatAreNoNumbersAreKeptApart) {
  ReadTimes times;
  times.Read("7", 1000);
  times.Read("07", 2000);
  times.Read("b1946ac9", 3000);
  EXPECT_EQ(times.LastRead("7"), 1000);
  EXPECT_EQ(times.LastRead("07"), 2000);
  EXPECT_EQ(times.LastRead("b1946ac9"), 3000);
  EXPECT_EQ(times.size(), 3u);
}

TEST(ReadTimesTest, NothingIsToldOfAgesBeforeACompleteSweep) {
  ReadTimes times;
  times.Read("1", 1000);
  EXPECT_FALSE(times.spread().has_value());
  EXPECT_FALSE(times.oldest().has_value());
  times.Complete();
  EXPECT_TRUE(times.spread().has_value());
  EXPECT_EQ(times.oldest(), 1000);
}

TEST(ReadTimesTest, TellsTheAgesOfHalfAndOfMostRecords) {
  ReadTimes times;
  for (int i = 1; i <= 100; ++i) times.Read(absl::StrCat(i), i * 1000);
  times.Complete();
  const auto spread = times.spread();
  ASSERT_TRUE(spread.has_value());
  EXPECT_EQ(times.oldest(), 1000);
  EXPECT_EQ(spread->half, 51'000);
  EXPECT_EQ(spread->most, 2000);
}

TEST(ReadTimesTest, ARecordThatIsReadAgainOrGoneAgesNoMore) {
  ReadTimes times;
  times.Read("1", 1000);
  times.Read("2", 5000);
  times.Complete();
  times.Read("1", 9999);
  EXPECT_EQ(times.oldest(), 5000);
  times.Forget("2");
  EXPECT_EQ(times.oldest(), 9000) << "rounded down";
  EXPECT_FALSE(times.LastRead("2").has_value());
  times.Forget("1");
  EXPECT_FALSE(times.oldest().has_value());
  EXPECT_FALSE(times.spread().has_value());
}

}  // namespace
}  // namespace qantara::server
