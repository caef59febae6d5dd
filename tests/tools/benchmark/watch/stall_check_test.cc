#include "tools/benchmark/watch/stall_check.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kFigures = 2;

// Change `number`, whose figure had the number `previous`.
void Add(uint64_t number, uint64_t previous, uint32_t folded,
         v1::InventoryChanges* changes) {
  v1::StockLevel& level = *changes->add_changes()->mutable_change();
  level.set_remote_id(absl::StrCat(number % kFigures));
  level.set_location_id("3");
  level.set_previous_quantity(absl::StrCat(previous));
  level.set_quantity(absl::StrCat(number));
  level.set_folded_changes(folded);
}

std::string Change(uint64_t position, uint64_t number, uint64_t previous,
                   uint32_t folded = 0) {
  v1::WatchInventoryResponse response;
  response.mutable_changes()->set_position(position);
  Add(number, previous, folded, response.mutable_changes());
  return response.SerializeAsString();
}

std::string FellBehind() {
  v1::WatchInventoryResponse response;
  response.mutable_fell_behind();
  return response.SerializeAsString();
}

FeedResult Written(uint64_t first, uint64_t changes) {
  FeedResult written;
  written.first = first;
  written.changes = changes;
  return written;
}

TEST(StallCheckTest, EveryChangeInOrderIsGood) {
  StallCheck check(/*latest=*/false);
  ASSERT_TRUE(
      check.Take({Change(7, 11, 9), Change(8, 12, 10), FellBehind()}).ok());
  ASSERT_TRUE(check.Take({Change(9, 13, 11)}).ok());
  EXPECT_TRUE(check.Finish(Written(11, 3), kFigures).ok());
  EXPECT_EQ(check.changes(), 3U);
  EXPECT_TRUE(check.fell_behind());
  EXPECT_EQ(check.changes_before(), 2U);
}

TEST(StallCheckTest, WhereEveryChangeIsWantedNoneIsLeftOutOrTwice) {
  EXPECT_FALSE(
      StallCheck(false).Take({Change(7, 11, 9), Change(8, 13, 11)}).ok());
  EXPECT_FALSE(
      StallCheck(false).Take({Change(7, 11, 9), Change(8, 11, 11)}).ok());
  EXPECT_FALSE(StallCheck(false).Take({Change(7, 11, 9, 1)}).ok());
  StallCheck headless(false);
  ASSERT_TRUE(headless.Take({Change(8, 12, 10), Change(9, 13, 11)}).ok());
  EXPECT_FALSE(headless.Finish(Written(11, 2), kFigures).ok());
  EXPECT_FALSE(headless.Finish(Written(11, 3), kFigures).ok());
  EXPECT_FALSE(headless.Finish(Written(12, 1), kFigures).ok());
  EXPECT_TRUE(headless.Finish(Written(12, 2), kFigures).ok());
}

TEST(StallCheckTest, TheLatestOfEachFigureStandsForWhatItFolds) {
  StallCheck check(/*latest=*/true);
  ASSERT_TRUE(check
                  .Take({Change(7, 11, 9), FellBehind(), Change(20, 15, 11, 1),
                         Change(21, 16, 10, 2)})
                  .ok());
  EXPECT_TRUE(check.Finish(Written(11, 6), kFigures).ok());
  EXPECT_EQ(check.figures(), 2U);
  EXPECT_FALSE(check.Finish(Written(11, 7), kFigures).ok()) << "17 is missing";
}

TEST(StallCheckTest, AFigureThatDoesNotEndWithItsLastQuantityIsAFault) {
  StallCheck check(/*latest=*/true);
  ASSERT_TRUE(check.Take({Change(7, 13, 9, 2), Change(8, 14, 10, 2)}).ok());
  EXPECT_TRUE(check.Finish(Written(9, 6), kFigures).ok());
  StallCheck old(/*latest=*/true);
  ASSERT_TRUE(old.Take({Change(7, 11, 9, 2), Change(8, 14, 10, 2)}).ok());
  EXPECT_FALSE(old.Finish(Written(9, 6), kFigures).ok());
}

TEST(StallCheckTest, AFigureThatComesTwiceAfterFallingBehindIsAFault) {
  EXPECT_FALSE(StallCheck(true)
                   .Take({FellBehind(), Change(7, 11, 9, 1), Change(8, 13, 11)})
                   .ok());
  EXPECT_TRUE(
      StallCheck(true).Take({Change(7, 11, 9, 1), Change(8, 13, 11)}).ok());
}

TEST(StallCheckTest, AChangeThatDoesNotFollowTheLastIsAFault) {
  EXPECT_FALSE(
      StallCheck(true).Take({Change(7, 11, 9), Change(8, 13, 9)}).ok());
}

TEST(StallCheckTest, PositionsAscendExceptInPartsOfACommit) {
  EXPECT_FALSE(
      StallCheck(false).Take({Change(7, 11, 9), Change(7, 12, 10)}).ok());
  v1::WatchInventoryResponse part;
  part.mutable_changes()->set_position(7);
  part.mutable_changes()->set_more(true);
  Add(11, 9, 0, part.mutable_changes());
  const std::string bytes = part.SerializeAsString();
  EXPECT_TRUE(StallCheck(false).Take({bytes, Change(7, 12, 10)}).ok());
  EXPECT_FALSE(StallCheck(false).Take({bytes, Change(8, 12, 10)}).ok());
}

TEST(StallCheckTest, WhatIsNoMessageIsAFault) {
  EXPECT_FALSE(StallCheck(false).Take({"\xff"}).ok());
}

}  // namespace
}  // namespace qantara::tools
