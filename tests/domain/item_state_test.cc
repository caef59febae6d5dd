#include "domain/item_state.h"

#include <gtest/gtest.h>

#include <string>

namespace qantara::domain {
namespace {

using tables::v1::ImportRow;

struct Case {
  v1::ItemState state;
  bool final;
  bool waiting;
  bool open;
  bool at_rest;
};

// Every state of DESIGN part 4.
const Case kCases[] = {
    {v1::ITEM_STATE_RECEIVED, false, false, false, false},
    {v1::ITEM_STATE_INVALID, true, false, false, true},
    {v1::ITEM_STATE_BLOCKED, false, true, true, true},
    {v1::ITEM_STATE_QUEUED, false, true, true, false},
    {v1::ITEM_STATE_IN_FLIGHT, false, false, true, false},
    {v1::ITEM_STATE_UNKNOWN, false, false, true, false},
    {v1::ITEM_STATE_CREATED, true, false, false, true},
    {v1::ITEM_STATE_LINKED, true, false, false, true},
    {v1::ITEM_STATE_UPDATED, true, false, false, true},
    {v1::ITEM_STATE_UNCHANGED, true, false, false, true},
    {v1::ITEM_STATE_REJECTED, true, false, false, true},
    {v1::ITEM_STATE_PARKED, false, false, false, true},
    {v1::ITEM_STATE_CANCELLED, true, false, false, true},
};

TEST(ItemStateTest, EveryStateHasItsMeaning) {
  int known = 0;
  for (const Case& c : kCases) {
    SCOPED_TRACE(v1::ItemState_Name(c.state));
    EXPECT_EQ(IsFinal(c.state), c.final);
    EXPECT_EQ(IsWaiting(c.state), c.waiting);
    EXPECT_EQ(IsOpen(c.state), c.open);
    EXPECT_EQ(IsAtRest(c.state), c.at_rest);
    ++known;
  }
  EXPECT_EQ(known, v1::ItemState_MAX) << "a new state needs a row here";
}

TEST(ItemCountsTest, SumToTheItemsReceived) {
  ImportRow row;
  row.set_received_lines(3);
  EXPECT_EQ(BalanceOf(row), 3) << "three items are lost";
  AddCount(v1::ITEM_STATE_QUEUED, 2, &row);
  AddCount(v1::ITEM_STATE_INVALID, 1, &row);
  EXPECT_EQ(BalanceOf(row), 0);
  AddCount(v1::ITEM_STATE_QUEUED, -1, &row);
  AddCount(v1::ITEM_STATE_CANCELLED, 1, &row);
  EXPECT_EQ(CountOf(row, v1::ITEM_STATE_QUEUED), 1u);
  EXPECT_EQ(CountOf(row, v1::ITEM_STATE_CANCELLED), 1u);
  EXPECT_EQ(CountOf(row, v1::ITEM_STATE_CREATED), 0u);
  EXPECT_EQ(BalanceOf(row), 0);
  AddCount(v1::ITEM_STATE_PARKED, 1, &row);
  EXPECT_EQ(BalanceOf(row), -1) << "one item is there twice";
}

TEST(ItemCountsTest, OfNoStateAreZero) {
  EXPECT_EQ(CountOf(ImportRow(), v1::ITEM_STATE_UNSPECIFIED), 0u);
  EXPECT_EQ(CountOf(ImportRow(), v1::ITEM_STATE_CREATED), 0u);
}

TEST(IsFinishedTest, AsksForTheEndAndForEveryItemToRest) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(v1::ItemState_Name(c.state));
    ImportRow row;
    row.set_received_lines(1);
    AddCount(c.state, 1, &row);
    EXPECT_FALSE(IsFinished(row)) << "lines may still come";
    row.set_ended(true);
    EXPECT_EQ(IsFinished(row), c.at_rest);
  }
}

TEST(IsFinishedTest, NeverWhileItDoesNotBalance) {
  ImportRow row;
  row.set_ended(true);
  EXPECT_TRUE(IsFinished(row)) << "nothing came";
  row.set_received_lines(1);
  EXPECT_FALSE(IsFinished(row));
}

}  // namespace
}  // namespace qantara::domain
