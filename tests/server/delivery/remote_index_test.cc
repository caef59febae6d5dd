// What is known of the provider's catalog, and what lists may not show yet.
#include "server/delivery/remote_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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

domain::ProviderTraits Unordered() {
  domain::ProviderTraits traits;
  traits.ascending_ids = false;
  traits.filters = false;
  traits.unique_names = true;
  return traits;
}

v1::RemoteProduct NamedRecord(const std::string& id, const std::string& sku,
                              const std::string& name) {
  v1::RemoteProduct record;
  record.set_id(id);
  if (!sku.empty()) record.set_sku(sku);
  record.mutable_qwoty()->set_api_name(name);
  return record;
}

TEST(RemoteIndexTest, IdsWithoutOrderMakeNoBaseAndNoWatermark) {
  RemoteIndex index(Unordered());
  index.BeginSweep(0);
  index.AddSwept(NamedRecord("f0", "A", "a"), false);
  EXPECT_EQ(index.CompleteSweep(), "");
  index.Add(NamedRecord("f1", "B", "b"), false, 0);
  EXPECT_EQ(index.highest_id(), "");
  EXPECT_FALSE(index.IsKnownAbove("f1"));
  EXPECT_EQ(index.id_filter(), RemoteIndex::Filter::kIgnored);
  EXPECT_TRUE(index.IsFresh(kLookMillis));
  EXPECT_FALSE(index.IsFresh(kLookMillis + 1));
}

TEST(RemoteIndexTest, ASweepThatTookLongIsBelievedAsLongAgain) {
  RemoteIndex index(Unordered());
  index.BeginSweep(0);
  index.CompleteSweep(/*took=*/kLookMillis);
  EXPECT_TRUE(index.IsFresh(2 * kLookMillis));
  EXPECT_FALSE(index.IsFresh(2 * kLookMillis + 1));

  RemoteIndex ordered;
  ordered.BeginSweep(0);
  ordered.CompleteSweep(/*took=*/kLookMillis);
  EXPECT_FALSE(ordered.IsFresh(kLookMillis + 1));
}

TEST(RemoteIndexTest, ARecordIsFoundByItsName) {
  RemoteIndex index(Unordered());
  index.BeginSweep(0);
  index.AddSwept(NamedRecord("u1", "A", "a"), true);
  index.AddSwept(NamedRecord("u2", "", "b"), true);
  index.CompleteSweep();
  EXPECT_EQ(index.Find("A", "a").ids, std::vector<std::string>{"u1"});
  EXPECT_EQ(index.Find("A", "a").records.size(), 1u);
  EXPECT_EQ(index.Find("X", "b").ids, std::vector<std::string>{"u2"});
  EXPECT_EQ(index.Find("A", "b").ids, (std::vector<std::string>{"u1", "u2"}));
  EXPECT_TRUE(index.Find("A", "b").records.empty());
  index.RemoveId("u2");
  EXPECT_TRUE(index.Find("X", "b").ids.empty());
  index.BeginSweep(1);
  index.CompleteSweep();
  EXPECT_TRUE(index.Find("A", "a").ids.empty());
}

}  // namespace
}  // namespace qantara::server
