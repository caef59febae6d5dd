// What operators do to deliveries, through the real gateway to the simulator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/item_state.h"
#include "domain/line.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::IsEmpty;

uint32_t Count(const tables::v1::ImportRow& row, v1::ItemState state) {
  return domain::CountOf(row, state);
}

// Line 1 of `spring`, A-1, exists already and is parked; A-2 is created.
void ParkFirstLine(DeliveryHarness& harness) {
  harness.qoyod().Admin("POST", "/_admin/products",
                        R"({"sku":"A-1","en_name":"by hand"})");
  harness.Import("spring", Lines("A-", 2), v1::EXISTING_POLICY_PARK);
  const auto row = harness.Finish("spring");
  ASSERT_EQ(Count(row, v1::ITEM_STATE_PARKED), 1u);
  ASSERT_EQ(Count(row, v1::ITEM_STATE_CREATED), 1u);
}

domain::RetryParked RetryOf(DeliveryHarness& harness, const std::string& sku) {
  domain::RetryParked command;
  command.connection = DeliveryHarness::kConnection;
  command.request_id = "retry";
  command.request_digest = sku;
  command.parked.import_id = "spring";
  command.parked.line = 1;
  command.seen_position = harness.Item("spring", 1).last_position();
  command.line = domain::ParseLine(Line(sku).SerializeAsString(), {});
  command.patched = sku != "A-1";
  return command;
}

TEST(ParkedDeliveryTest, APatchedItemIsCreated) {
  DeliveryHarness harness;
  ParkFirstLine(harness);
  const auto retried = harness.bus().Execute(RetryOf(harness, "A-1b"));
  ASSERT_TRUE(retried.ok()) << retried.status();
  // Before it is folded, the import still looks finished.
  ASSERT_TRUE(harness.tables().WaitFor(retried->position, absl::Seconds(60)));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 2u);
  EXPECT_EQ(harness.Item("spring", 1).sku(), "A-1b");
  EXPECT_EQ(harness.Product("A-1b").state(), v1::MAPPING_STATE_MAPPED);
  EXPECT_EQ(harness.qoyod().ProductCount(), 3);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(ParkedDeliveryTest, AnItemThatIsRetriedAsItIsIsLookedForAgain) {
  DeliveryHarness harness;
  ParkFirstLine(harness);
  const auto retried = harness.bus().Execute(RetryOf(harness, "A-1"));
  ASSERT_TRUE(retried.ok()) << retried.status();
  ASSERT_TRUE(harness.tables().WaitFor(retried->position, absl::Seconds(60)));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_PARKED), 1u);
  EXPECT_GT(harness.Item("spring", 1).last_position(), retried->position);
  EXPECT_EQ(harness.qoyod().ProductCount(), 2);
}

TEST(ParkedDeliveryTest, ADiscardedItemIsCancelledAndTheImportStaysFinished) {
  DeliveryHarness harness;
  ParkFirstLine(harness);
  domain::DiscardParked command;
  command.connection = DeliveryHarness::kConnection;
  command.request_id = "discard";
  command.parked.import_id = "spring";
  command.parked.line = 1;
  command.note = "not sold any more";
  const auto discarded = harness.bus().Execute(command);
  ASSERT_TRUE(discarded.ok()) << discarded.status();
  ASSERT_TRUE(harness.tables().WaitFor(discarded->position, absl::Seconds(60)));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CANCELLED), 1u);
  EXPECT_EQ(domain::BalanceOf(row), 0);
}

TEST(ParkedDeliveryTest, NothingLeavesWhilePausedAndAllOfItAfterwards) {
  DeliveryHarness harness;
  const std::string connection = DeliveryHarness::kConnection;
  const auto paused =
      harness.bus().Execute(domain::PauseConnection{connection, "stocktaking"});
  ASSERT_TRUE(paused.ok()) << paused.status();
  // As the service does before it answers.
  harness.status().SetPaused(true, paused->position);
  EXPECT_EQ(harness.status().state(), v1::CONNECTION_STATE_PAUSED);
  harness.Import("spring", Lines("A-", 60));
  // The gate lets nobody through, whoever asks.
  EXPECT_FALSE(harness.gate().TryEnter(domain::Lane::kUpdate).granted);
  const auto resumed =
      harness.bus().Execute(domain::PauseConnection{connection, "again"});
  ASSERT_TRUE(harness.tables().WaitFor(resumed->position, absl::Seconds(60)));
  EXPECT_EQ(harness.qoyod().RequestCount("POST", "/products"), 0);
  ASSERT_TRUE(
      harness.bus().Execute(domain::ResumeConnection{connection, ""}).ok());
  EXPECT_EQ(Count(harness.Finish("spring"), v1::ITEM_STATE_CREATED), 60u);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(ParkedDeliveryTest, AnAnswerThatComesWhilePausedIsRecorded) {
  DeliveryHarness::Options options;
  options.bounds.request_timeout = absl::Seconds(60);
  DeliveryHarness harness(options);
  const std::string connection = DeliveryHarness::kConnection;
  harness.qoyod().Admin("POST", "/_admin/hold",
                        R"({"methods":["POST"],"path":"/products"})");
  harness.Import("spring", Lines("A-", 20));
  ASSERT_TRUE(harness.qoyod().WaitForHeld(1, 60'000));
  const auto paused =
      harness.bus().Execute(domain::PauseConnection{connection, ""});
  ASSERT_TRUE(paused.ok()) << paused.status();
  harness.status().SetPaused(true, paused->position);
  harness.qoyod().Admin("DELETE", "/_admin/hold");
  EXPECT_EQ(Count(harness.Finish("spring"), v1::ITEM_STATE_CREATED), 20u);
  EXPECT_EQ(harness.status().state(), v1::CONNECTION_STATE_PAUSED);
}

}  // namespace
}  // namespace qantara::server
