// Delivery through the real gateway to the simulator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::IsEmpty;

uint32_t Count(const tables::v1::ImportRow& row, v1::ItemState state) {
  return domain::CountOf(row, state);
}

TEST(DeliveryTest, CreatesEachProductOnce) {
  DeliveryHarness harness;
  harness.Import("spring", Lines("A-", 230));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 230);
  EXPECT_EQ(domain::BalanceOf(row), 0);
  EXPECT_EQ(harness.qoyod().ProductCount(), 230);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(DeliveryTest, AnUnchangedCatalogCostsNoRequest) {
  DeliveryHarness harness;
  harness.Import("spring", Lines("A-", 60));
  harness.Finish("spring");
  const int64_t posts = harness.qoyod().RequestCount("POST", "/products");
  harness.Import("summer", Lines("A-", 60));
  const auto row = harness.Finish("summer");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_UNCHANGED), 60);
  EXPECT_EQ(harness.qoyod().RequestCount("POST", "/products"), posts);
}

TEST(DeliveryTest, ChangedLinesAreUpdated) {
  DeliveryHarness harness;
  harness.Import("spring", {Line("A", "25.00"), Line("B", "25.00")});
  harness.Finish("spring");
  harness.Import("summer", {Line("A", "25.0"), Line("B", "30")});
  const auto row = harness.Finish("summer");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_UNCHANGED), 1);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_UPDATED), 1);
  EXPECT_EQ(harness.Product("B").acknowledged().selling_price(), "30.0");
  EXPECT_EQ(harness.qoyod().RequestCount("PUT", "/products/{id}"), 1);
}

TEST(DeliveryTest, WhatExistsIsLinked) {
  DeliveryHarness harness;
  harness.qoyod().Admin("POST", "/_admin/products",
                        R"({"sku":"A-1","en_name":"by hand"})");
  harness.Import("spring", Lines("A-", 20));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 1);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 19);
  EXPECT_EQ(harness.qoyod().ProductCount(), 20);
}

TEST(DeliveryTest, LostAnswersAreSettledByReadingBack) {
  DeliveryHarness harness;
  ASSERT_TRUE(
      harness.qoyod()
          .SetFaults(R"({"lost_answer":{"rate":0.2,"methods":["POST"]}})")
          .ok());
  harness.Import("spring", Lines("A-", 300));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 300);
  EXPECT_EQ(harness.qoyod().ProductCount(), 300);
  // Reading by id: one request tells of a chunk.
  EXPECT_LE(harness.metrics().CountOf("settle"), 300 / 20);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(DeliveryTest, OneBadItemDoesNotStopTheOthers) {
  DeliveryHarness harness;
  ASSERT_TRUE(harness.qoyod().SetFaults(R"({"bad_item":{"sku":"A-17"}})").ok());
  harness.Import("spring", Lines("A-", 50));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 49);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_REJECTED), 1);
  EXPECT_EQ(harness.Item("spring", 17).state(), v1::ITEM_STATE_REJECTED);
  EXPECT_GT(harness.Item("spring", 17).problems_size(), 0);
  EXPECT_LE(harness.qoyod().RequestCount("POST", "/products"), 1 + 8);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(DeliveryTest, DroppedItemsAreSentAgain) {
  DeliveryHarness harness;
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"drop_items":{"rate":0.5,"count":3}})")
                  .ok());
  harness.Import("spring", Lines("A-", 200));
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 200);
  EXPECT_EQ(harness.qoyod().ProductCount(), 200);
}

TEST(DeliveryTest, AnUpdateSendsOnlyItsFields) {
  DeliveryHarness harness;
  harness.Import("spring", {Line("MUG-BLUE-001")});
  harness.Finish("spring");
  domain::RecordUpdate update{DeliveryHarness::kConnection, "r1", "digest"};
  update.product.value = "MUG-BLUE-001";
  update.fields.set_sku("MUG-BLUE-002");
  update.fields.set_selling_price("30.00");
  const auto recorded = harness.bus().Execute(update);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  const auto row = harness.FinishUpdate(recorded->reply.update);
  EXPECT_EQ(row.state(), v1::UPDATE_STATE_APPLIED);
  const auto product = harness.Product("MUG-BLUE-002");
  EXPECT_EQ(product.sku(), "MUG-BLUE-002");
  EXPECT_EQ(product.acknowledged().selling_price(), "30.0");
  harness.Import("old", {Line("MUG-BLUE-001")});
  EXPECT_EQ(Count(harness.Finish("old"), v1::ITEM_STATE_CREATED), 0);
  EXPECT_EQ(harness.qoyod().ProductCount(), 1);
}

TEST(DeliveryTest, AMissingCategoryBlocksOnlyItsLines) {
  DeliveryHarness harness;
  std::vector<v1::CatalogLine> lines = Lines("A-", 10);
  lines[3].mutable_product()->set_category_id("987654");
  lines[4].mutable_product()->set_category_id("42");
  harness.Import("spring", lines);
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_BLOCKED), 1);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 9);
  EXPECT_EQ(harness.Item("spring", 4).reason(),
            v1::ERROR_REASON_CATEGORY_NOT_FOUND);
}

TEST(DeliveryTest, AGoneRecordIsCreatedAgainByTheNextImport) {
  DeliveryHarness harness;
  harness.Import("spring", {Line("A")});
  harness.Finish("spring");
  const std::string old_id = harness.Product("A").remote_id();
  harness.qoyod().Admin("DELETE", absl::StrCat("/_admin/products/", old_id));
  domain::RecordUpdate update{DeliveryHarness::kConnection, "r1", "digest"};
  update.product.value = "A";
  update.fields.set_selling_price("30.00");
  const auto recorded = harness.bus().Execute(update);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  const auto row = harness.FinishUpdate(recorded->reply.update);
  EXPECT_EQ(row.state(), v1::UPDATE_STATE_REJECTED);
  EXPECT_EQ(row.reason(), v1::ERROR_REASON_MAPPING_STALE);
  EXPECT_EQ(harness.Product("A").state(), v1::MAPPING_STATE_STALE);
  harness.Import("again", {Line("A")});
  EXPECT_EQ(Count(harness.Finish("again"), v1::ITEM_STATE_CREATED), 1);
  const auto product = harness.Product("A");
  EXPECT_NE(product.remote_id(), old_id);
  EXPECT_EQ(product.former_remote_ids(0), old_id);
}

// Lists of products, as far as the journal shows.
int64_t Lists(DeliveryHarness& harness) {
  return harness.qoyod().RequestCount("GET", "/products");
}

TEST(DeliveryTest, ARestartDoesNotReadTheCatalogAgain) {
  DeliveryHarness harness;
  for (int i = 0; i < 700; ++i) {
    harness.qoyod().Admin("POST", "/_admin/products",
                          absl::StrCat(R"({"sku":"OLD-)", i, R"("})"));
  }
  harness.Import("spring", Lines("A-", 250));
  harness.Finish("spring");
  harness.Stop();
  const int64_t before = Lists(harness);
  harness.Start();
  std::vector<v1::CatalogLine> lines = Lines("B-", 40);
  lines.push_back(Line("OLD-7"));
  harness.Import("summer", lines);
  const auto row = harness.Finish("summer");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 40);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 1);
  // At most three pages of what was created before the end, and a look at the
  // SKU that exists; the whole catalog has ten pages.
  EXPECT_LE(Lists(harness) - before, 4);
}

TEST(DeliveryTest, WhatWasMadeByHandBetweenTwoProcessesIsLinked) {
  DeliveryHarness harness;
  harness.Import("spring", Lines("A-", 60));
  harness.Finish("spring");
  harness.Stop();
  harness.qoyod().Admin("POST", "/_admin/products", R"({"sku":"B-3"})");
  harness.Start();
  harness.Import("summer", Lines("B-", 40));
  const auto row = harness.Finish("summer");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 39);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 1);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

// Writes that lists do not show yet make up, in number, for a record that is
// not known.
TEST(DeliveryTest, WhatListsHideDoesNotStandForWhatWasMadeByHand) {
  DeliveryHarness::Options options;
  options.bounds.max_read_lag = absl::Seconds(2);
  DeliveryHarness harness(options);
  harness.qoyod().Admin("POST", "/_admin/products", R"({"sku":"OLD"})");
  harness.Import("first", Lines("A-", 120));
  harness.Finish("first");
  harness.qoyod().Admin("POST", "/_admin/products", R"({"sku":"D-3"})");
  harness.Import("second", Lines("B-", 120));
  harness.Finish("second");
  ASSERT_TRUE(harness.qoyod().SetFaults(R"({"read_lag_ms":1500})").ok());
  harness.Import("third", Lines("C-", 50));
  harness.Finish("third");
  harness.Stop();
  harness.Start();
  harness.Import("fourth", Lines("D-", 40));
  const auto row = harness.Finish("fourth");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 39);
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 1);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(DeliveryTest, ARestartInTheMiddleSettlesFirst) {
  DeliveryHarness harness;
  ASSERT_TRUE(harness.qoyod().SetFaults(R"({"latency_ms":100})").ok());
  harness.Import("spring", Lines("A-", 400));
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(harness.qoyod().WaitForRequests(2 * i + 1, 10'000));
    harness.Stop();
    harness.Start();
  }
  const auto row = harness.Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 400);
  EXPECT_EQ(harness.qoyod().ProductCount(), 400);
  EXPECT_GT(harness.metrics().recovered, 0);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

}  // namespace
}  // namespace qantara::server
