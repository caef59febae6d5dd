// What is known of the provider's catalog, and what lists may not show yet.
#include "server/delivery/remote_index.h"

#include <gtest/gtest.h>

#include <string>

namespace qantara::server {
namespace {

v1::RemoteProduct Record(const std::string& id) {
  v1::RemoteProduct record;
  record.set_id(id);
  record.set_sku("SKU-" + id);
  return record;
}

TEST(RemoteIndexTest, WhatListsMayHideProvesNothing) {
  RemoteIndex index;
  index.Restore("9", {}, 0);
  index.Add(Record("10"), false, 0);
  index.Add(Record("12"), false, 500);
  EXPECT_EQ(index.KnownFromBase(499), 1);
  EXPECT_EQ(index.KnownFromBase(500), 2);
  // Two rows stand before 13; one of them might be 11, and 12 be hidden.
  EXPECT_FALSE(index.AreAllKnownBelow("13", 2, 499));
  EXPECT_TRUE(index.AreAllKnownBelow("13", 2, 500));
  EXPECT_FALSE(index.AreAllKnownBelow("13", 3, 500));
  EXPECT_TRUE(index.AreAllKnownBelow("12", 1, 499));
}

TEST(RemoteIndexTest, WhatAListShowedIsNotHidden) {
  RemoteIndex index;
  index.Restore("9", {Record("10"), Record("11")}, 700);
  EXPECT_EQ(index.restored_shown_at(), 700);
  EXPECT_EQ(index.KnownFromBase(100), 0);
  index.Saw("10", 100);
  EXPECT_EQ(index.KnownFromBase(100), 1);
  // Ids are numbers: 9 is below 10, and 100 above 11.
  index.Add(Record("100"), false, 0);
  EXPECT_TRUE(index.AreAllKnownBelow("11", 1, 100));
  EXPECT_FALSE(index.AreAllKnownBelow("100", 2, 100));
}

TEST(RemoteIndexTest, NothingAboveTheBaseIsNothingToWaitFor) {
  RemoteIndex index;
  index.Restore("9", {Record("7"), Record("9")}, 700);
  EXPECT_EQ(index.restored_shown_at(), 0);
}

// 11 gets its id before 12 and shows up after it: by 12's reading, which ends
// at 900, nobody can tell that it is not there before 900 and the lag.
TEST(RemoteIndexTest, TheBaseWaitsForTheLagAfterAReadingEnded) {
  constexpr int64_t kLag = 500;
  RemoteIndex index;
  index.Restore("9", {}, 0);
  index.Add(Record("12"), false, 0);
  EXPECT_FALSE(index.Confirm(100, 900, kLag).has_value());
  EXPECT_FALSE(index.Confirm(1399, 1400, kLag).has_value());
  EXPECT_EQ(index.base_id(), "9");
  EXPECT_EQ(index.Confirm(1400, 1401, kLag), "12");
  EXPECT_EQ(index.base_id(), "12");
}

TEST(RemoteIndexTest, ASkuIsKnownAsLongAsARecordHasIt) {
  RemoteIndex index;
  for (const char* id : {"1", "2"}) {
    v1::RemoteProduct record = Record(id);
    record.set_sku("A");
    index.Add(record, false, 0);
  }
  EXPECT_EQ(index.CountKnown(), 1u);
  index.Remove("1", "A");
  EXPECT_EQ(index.CountKnown(), 1u);
  index.Remove("2", "A");
  EXPECT_EQ(index.CountKnown(), 0u);
}

TEST(RemoteIndexTest, WhatIsDroppedMakesRoom) {
  RemoteIndex index;
  v1::RemoteProduct record = Record("1");
  record.set_description(std::string(kIndexRecordBytes / 4, 'x'));
  for (int i = 0; i < 8; ++i) {
    index.Add(record, /*keep_record=*/true, 0);
    ASSERT_EQ(index.Find("SKU-1").records.size(), 1u);
    index.Remove("1", "SKU-1");
  }
}

}  // namespace
}  // namespace qantara::server
