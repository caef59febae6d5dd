#include "server/retention/stock_history.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/timestamps.h"

namespace qantara::server {
namespace {

const absl::Time kBegin = absl::FromUnixSeconds(1'700'000'000);

// Events of about 100 bytes each, one per minute.
class StockHistoryTest : public ::testing::Test {
 protected:
  static StockHistory HistoryOf(const RetentionLimits& limits, int events) {
    StockHistory history(limits);
    for (int i = 1; i <= events; ++i) history.Add(EventAt(i));
    return history;
  }

  static events::v1::EventRecord EventAt(domain::Position position) {
    events::v1::EventRecord record;
    record.set_position(position);
    *record.mutable_time() = domain::ToTimestamp(TimeOf(position));
    record.mutable_event()->mutable_stock_observed()->set_connection(
        std::string(80, 'c'));
    return record;
  }

  static absl::Time TimeOf(domain::Position position) {
    return kBegin + absl::Minutes(position);
  }
};

TEST_F(StockHistoryTest, NothingIsOldWithinTheLimits) {
  const StockHistory history =
      HistoryOf({absl::Hours(1), uint64_t{1} << 20}, 60);
  EXPECT_EQ(history.OldAt(TimeOf(60)).through, 0);
  EXPECT_EQ(history.OldAt(TimeOf(60)).events, 0);
  EXPECT_EQ(StockHistory({absl::Hours(1), {}}).OldAt(TimeOf(1)).through, 0);
}

TEST_F(StockHistoryTest, WhatReachesTheAgeIsOld) {
  const StockHistory history = HistoryOf({absl::Hours(1), {}}, 100);
  // A span holds the changes of about a minute.
  EXPECT_EQ(history.OldAt(TimeOf(61)).through, 1);
  const StockHistory::Old old = history.OldAt(TimeOf(100));
  EXPECT_EQ(old.through, 40);
  EXPECT_EQ(old.events, 40);
  EXPECT_EQ(history.OldAt(TimeOf(1000)).through, 100);
}

TEST_F(StockHistoryTest, WhatIsBeyondTheBytesIsOldButNeverMore) {
  const uint64_t each = EventAt(2000).ByteSizeLong();
  const StockHistory history = HistoryOf({{}, 1000 * each}, 3000);
  EXPECT_GE(history.bytes(), 2900 * each);
  const StockHistory::Old old = history.OldAt(TimeOf(3000));
  EXPECT_LE(old.through, 2000);
  EXPECT_GE(old.through, 2000 - 1000 / 32);
  EXPECT_EQ(old.events, old.through);
  EXPECT_GE(history.bytes() - old.bytes, 1000 * each);
}

TEST_F(StockHistoryTest, WhatComesFirstCounts) {
  const uint64_t each = EventAt(100).ByteSizeLong();
  const StockHistory history = HistoryOf({absl::Hours(1), 30 * each}, 100);
  EXPECT_GE(history.OldAt(TimeOf(100)).through, 65);
  EXPECT_EQ(history.OldAt(TimeOf(150)).through, 90);
}

TEST_F(StockHistoryTest, WhatWasCutIsForgotten) {
  StockHistory history = HistoryOf({absl::Hours(1), {}}, 100);
  const StockHistory::Old old = history.OldAt(TimeOf(100));
  const uint64_t before = history.bytes();
  history.Forget(old.through);
  EXPECT_EQ(history.bytes(), before - old.bytes);
  EXPECT_EQ(history.OldAt(TimeOf(100)).through, 0);
  EXPECT_EQ(history.OldAt(TimeOf(101)).through, 41);
}

TEST_F(StockHistoryTest, OnlyChangesOfStockCount) {
  StockHistory history({absl::Hours(1), {}});
  events::v1::EventRecord record = EventAt(1);
  record.mutable_event()->mutable_catalog_swept();
  history.Add(record);
  record.mutable_event()->mutable_event_cut();
  history.Add(record);
  record.mutable_event()->mutable_stock_snapshot_taken();
  history.Add(record);
  EXPECT_EQ(history.bytes(), 0);
  EXPECT_EQ(history.OldAt(TimeOf(1000)).through, 0);
}

TEST_F(StockHistoryTest, MuchHistoryBeyondTheLimitsIsStillToldAsOld) {
  // Far more spans than are kept.
  const StockHistory history = HistoryOf({absl::Hours(1), {}}, 20'000);
  const StockHistory::Old old = history.OldAt(TimeOf(20'000));
  EXPECT_EQ(old.through, 19'940);
  EXPECT_EQ(old.events, 19'940);
}

TEST_F(StockHistoryTest, ClockThatWasSetBackMakesNothingOldTooEarly) {
  StockHistory history({absl::Hours(1), {}});
  events::v1::EventRecord late = EventAt(1);
  *late.mutable_time() = domain::ToTimestamp(TimeOf(500));
  history.Add(late);
  for (int i = 2; i <= 5; ++i) history.Add(EventAt(i));
  EXPECT_EQ(history.OldAt(TimeOf(559)).through, 0);
  EXPECT_EQ(history.OldAt(TimeOf(560)).through, 5);
}

}  // namespace
}  // namespace qantara::server
