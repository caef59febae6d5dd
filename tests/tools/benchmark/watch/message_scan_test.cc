#include "tools/benchmark/watch/message_scan.h"

#include <string>

#include "gtest/gtest.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "tools/benchmark/etcd/etcd.pb.h"

namespace qantara::tools {
namespace {

TEST(MessageScanTest, CountsFiguresOfACommitAndNoLocations) {
  v1::WatchInventoryResponse response;
  v1::InventoryChanges& changes = *response.mutable_changes();
  changes.set_position(300);
  changes.set_more(true);
  changes.add_changes()->mutable_location()->set_location_id("3");
  for (int i = 0; i < 5; ++i) {
    v1::StockLevel& level = *changes.add_changes()->mutable_change();
    level.set_sku(std::string(300, 'x'));
    level.set_quantity("12.5");
  }
  changes.add_changes()->mutable_removed();
  changes.add_changes()->mutable_row()->set_sku("A");
  response.set_resume_token("token");

  const auto scan =
      ScanInventory(response.SerializeAsString(), ScanDepth::kPositions);
  ASSERT_TRUE(scan.has_value());
  EXPECT_EQ(scan->changes, 7U);
  EXPECT_EQ(scan->position, 300U);
  EXPECT_FALSE(scan->ready);
  EXPECT_FALSE(scan->over);
}

TEST(MessageScanTest, OtherMessagesOfOursAreToldApart) {
  v1::WatchInventoryResponse response;
  response.mutable_caught_up()->set_position(7);
  EXPECT_TRUE(
      ScanInventory(response.SerializeAsString(), ScanDepth::kCounts)->ready);
  response.mutable_resync_required();
  EXPECT_TRUE(
      ScanInventory(response.SerializeAsString(), ScanDepth::kCounts)->over);
  response.mutable_fell_behind();
  EXPECT_TRUE(ScanInventory(response.SerializeAsString(), ScanDepth::kCounts)
                  ->fell_behind);
  response.mutable_rows()->add_levels()->set_sku("A");
  EXPECT_EQ(
      ScanInventory(response.SerializeAsString(), ScanDepth::kCounts)->changes,
      0U);
}

TEST(MessageScanTest, CountsEventsOfEtcdWithTheirRevisions) {
  etcd::WatchResponse response;
  response.mutable_header()->set_revision(99);
  for (const int64_t revision : {int64_t{5}, int64_t{1} << 40}) {
    etcd::KeyValue& kv = *response.add_events()->mutable_kv();
    kv.set_key("stock/1/3");
    kv.set_mod_revision(revision);
    kv.set_value("7");
  }

  const auto scan =
      ScanEtcd(response.SerializeAsString(), ScanDepth::kPositions);
  ASSERT_TRUE(scan.has_value());
  EXPECT_EQ(scan->changes, 2U);
  EXPECT_EQ(scan->positions, (std::vector<uint64_t>{5, uint64_t{1} << 40}));
  EXPECT_TRUE(ScanEtcd(response.SerializeAsString(), ScanDepth::kCounts)
                  ->positions.empty());
}

TEST(MessageScanTest, BeginAndEndOfAWatchOfEtcdAreSeen) {
  etcd::WatchResponse response;
  response.set_created(true);
  EXPECT_TRUE(
      ScanEtcd(response.SerializeAsString(), ScanDepth::kCounts)->ready);
  response.set_canceled(true);
  EXPECT_TRUE(ScanEtcd(response.SerializeAsString(), ScanDepth::kCounts)->over);
}

TEST(MessageScanTest, WhatIsCutOffIsNoMessage) {
  v1::WatchInventoryResponse response;
  response.mutable_changes()->set_position(300);
  response.mutable_changes()->add_changes()->mutable_change()->set_sku("A");
  const std::string bytes = response.SerializeAsString();
  for (size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_FALSE(ScanInventory({bytes.data(), size}, ScanDepth::kCounts))
        << size;
  }
  const std::string endless(12, '\xff');
  EXPECT_FALSE(ScanEtcd(endless, ScanDepth::kCounts));
}

}  // namespace
}  // namespace qantara::tools
