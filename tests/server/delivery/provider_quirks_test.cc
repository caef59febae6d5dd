// What the provider's quirks mean for one product, one SKU, one update.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::IsEmpty;

// Records an update of the price of SKU A and waits for its end.
tables::v1::UpdateRow UpdatePrice(DeliveryHarness& harness,
                                  const std::string& price) {
  domain::RecordUpdate update{DeliveryHarness::kConnection,
                              absl::StrCat("r", price), "digest"};
  update.product.value = "A";
  update.fields.set_selling_price(price);
  const auto recorded = harness.bus().Execute(update);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
  return recorded.ok() ? harness.FinishUpdate(recorded->reply.update)
                       : tables::v1::UpdateRow();
}

// F73: no answer of a wrong address may be read as "the catalog is empty".
TEST(ProviderQuirksTest, AWrongBaseUrlIsAConfigurationErrorNotAnEmptyCatalog) {
  DeliveryHarness::Options options;
  options.wrong_base_url = true;
  DeliveryHarness harness(options);
  harness.Import("spring", Lines("A-", 5));
  harness.AwaitState(v1::CONNECTION_STATE_MISCONFIGURED);
  EXPECT_EQ(harness.qoyod().ProductCount(), 0);
  EXPECT_EQ(harness.Item("spring", 1).state(), v1::ITEM_STATE_QUEUED);
}

// F19.
TEST(ProviderQuirksTest, ASkuThatStandsTwiceIsParkedWithAllIds) {
  DeliveryHarness harness;
  harness.qoyod().Admin("POST", "/_admin/products",
                        R"([{"sku":"A"},{"sku":"A"},{"sku":"B"}])");
  harness.Import("spring", {Line("A"), Line("B"), Line("C")});
  const auto row = harness.Finish("spring");
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_PARKED), 1);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_LINKED), 1);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), 1);
  EXPECT_EQ(harness.Product("A").duplicate_remote_ids_size(), 2);
}

// F20.
TEST(ProviderQuirksTest, AnySkuIsCreatedAndFoundAgain) {
  const std::vector<std::string> skus = {"A&B+C#1", "رمز-7", "00012",
                                         "a b/c?d=e%20", std::string(250, 'x')};
  DeliveryHarness harness;
  std::vector<v1::CatalogLine> lines;
  for (const std::string& sku : skus) {
    lines.push_back(Line(sku));
    lines.back().mutable_product()->set_name_en("A name of its own");
  }
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"lost_answer":{"methods":["POST"],
                                                "count":1}})")
                  .ok());
  harness.Import("spring", lines);
  harness.Finish("spring");
  for (size_t i = 0; i < skus.size(); ++i) {
    const auto item = harness.Item("spring", static_cast<uint32_t>(i) + 1);
    EXPECT_EQ(item.state(), v1::ITEM_STATE_CREATED)
        << skus[i] << ": " << item.ShortDebugString();
  }
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

// F49.
TEST(ProviderQuirksTest, AnOkayThatChangesNothingIsADifference) {
  DeliveryHarness harness;
  harness.Import("spring", {Line("A", "25")});
  harness.Finish("spring");
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"put_ignores":{"fields":["selling_price"]}})")
                  .ok());
  const auto row = UpdatePrice(harness, "30");
  EXPECT_EQ(row.reason(), v1::ERROR_REASON_REMOTE_DIFFERS);
  ASSERT_GT(row.differences_size(), 0);
  EXPECT_EQ(row.differences(0).field(), "selling_price");
}

// F50 with F21: whatever the 404 says.
TEST(ProviderQuirksTest, AGoneRecordIsRecognisedInEveryForm) {
  for (const std::string form : {"json", "raw", "arabic"}) {
    DeliveryHarness harness;
    ASSERT_TRUE(harness.qoyod()
                    .SetFaults(absl::StrCat(R"({"not_found_form":{"form":")",
                                            form, R"("}})"))
                    .ok());
    harness.Import("spring", {Line("A")});
    harness.Finish("spring");
    harness.qoyod().Admin(
        "DELETE",
        absl::StrCat("/_admin/products/", harness.Product("A").remote_id()));
    EXPECT_EQ(UpdatePrice(harness, "30").reason(),
              v1::ERROR_REASON_MAPPING_STALE)
        << form;
  }
}

// F60, F61.
TEST(ProviderQuirksTest, ReferenceListsMayBeEmptyAbsentOrLong) {
  DeliveryHarness harness;
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"absent_resources":{"resources":["taxes"]},
                         "reference_rows":{"categories":150}})")
                  .ok());
  std::vector<v1::CatalogLine> lines = Lines("A-", 3);
  lines[0].mutable_product()->set_tax_id("1");
  lines[1].mutable_product()->set_category_id("42");
  lines[2].mutable_product()->set_category_id("987654");
  harness.Import("spring", lines);
  const auto row = harness.Finish("spring");
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), 2);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_BLOCKED), 1);
}

TEST(ProviderQuirksTest, ALaterLineSendsWhatALinkedRecordDoesNotHold) {
  DeliveryHarness harness;
  harness.qoyod().Admin("POST", "/_admin/products",
                        R"({"sku":"A","en_name":"Old","selling_price":"10"})");
  harness.Import("spring", {Line("A", "25")});
  EXPECT_EQ(domain::CountOf(harness.Finish("spring"), v1::ITEM_STATE_LINKED),
            1);
  harness.Import("same", {Line("A", "25")});
  EXPECT_EQ(domain::CountOf(harness.Finish("same"), v1::ITEM_STATE_UNCHANGED),
            1)
      << "linking leaves the record as it is";
  harness.Import("update", {Line("A", "25")}, v1::EXISTING_POLICY_UPDATE);
  EXPECT_EQ(domain::CountOf(harness.Finish("update"), v1::ITEM_STATE_UPDATED),
            1);
  EXPECT_EQ(harness.Product("A").acknowledged().selling_price(), "25.0");
}

TEST(ProviderQuirksTest, AnUpdateThatOnlyTheLineOfALinkedProductNamedIsSent) {
  DeliveryHarness harness;
  harness.qoyod().Admin("POST", "/_admin/products",
                        R"({"sku":"A","en_name":"Old","selling_price":"10"})");
  harness.Import("spring", {Line("A", "25")});
  harness.Finish("spring");
  EXPECT_EQ(UpdatePrice(harness, "25").state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(harness.Product("A").acknowledged().selling_price(), "25.0");
}

DeliveryHarness::Options Quick() {
  DeliveryHarness::Options options;
  options.bounds = {absl::Milliseconds(300), absl::Milliseconds(20),
                    absl::Milliseconds(10)};
  return options;
}

// With long pauses between failures.
DeliveryHarness::Options Pausing() {
  DeliveryHarness::Options options = Quick();
  // Ten times those of Quick: a request takes its time on the machine's.
  options.bounds = {absl::Seconds(3), absl::Milliseconds(200),
                    absl::Milliseconds(100)};
  options.hurry = true;
  return options;
}

TEST(ProviderQuirksTest, AnItemThatEveryBatchDropsGetsThroughAlone) {
  DeliveryHarness harness(Quick());
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"drop_items":{"skus":["A-3"]}})").ok());
  harness.Import("spring", Lines("A-", 8));
  EXPECT_EQ(domain::CountOf(harness.Finish("spring"), v1::ITEM_STATE_CREATED),
            8);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST(ProviderQuirksTest, AProductThatAlwaysFailsIsParked) {
  DeliveryHarness harness(Pausing());
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"status_5xx":{"methods":["POST"]}})").ok());
  harness.Import("spring", {Line("A")});
  harness.Finish("spring");
  EXPECT_EQ(harness.Item("spring", 1).state(), v1::ITEM_STATE_PARKED);
  EXPECT_EQ(harness.Item("spring", 1).reason(),
            v1::ERROR_REASON_PROVIDER_FAILS);
}

TEST(ProviderQuirksTest, AnUpdateThatAlwaysFailsIsParked) {
  DeliveryHarness harness(Pausing());
  harness.Import("spring", {Line("A", "25")});
  harness.Finish("spring");
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"status_5xx":{"methods":["PUT"]}})").ok());
  const auto row = UpdatePrice(harness, "30");
  EXPECT_EQ(row.state(), v1::UPDATE_STATE_PARKED);
  EXPECT_EQ(row.reason(), v1::ERROR_REASON_PROVIDER_FAILS);
}

// F15: deep pages fail, also while nothing else keeps the connection busy.
TEST(ProviderQuirksTest, ACatalogWhoseDeepPagesFailIsSweptById) {
  DeliveryHarness harness(Pausing());
  std::string rows;
  for (int i = 0; i < 250; ++i) {
    absl::StrAppend(&rows, rows.empty() ? "[" : ",", R"({"sku":"OLD-)", i,
                    R"("})");
  }
  harness.qoyod().Admin("POST", "/_admin/products", rows + "]");
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"deep_page_500":{"from_page":2}})").ok());
  std::vector<v1::CatalogLine> lines = Lines("A-", 20);
  lines.push_back(Line("OLD-240"));
  harness.Import("spring", lines);
  const auto row = harness.Finish("spring");
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), 20);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_LINKED), 1);
  harness.AwaitSwept();
}

// Where the query for one SKU always fails, a sweep tells of it, and the others
// do not wait.
TEST(ProviderQuirksTest, ASkuThatCannotBeAskedForIsFoundByASweep) {
  DeliveryHarness harness(Pausing());
  std::string rows;
  for (int i = 0; i < 450; ++i) {  // More pages than it pays to sweep.
    absl::StrAppend(&rows, rows.empty() ? "[" : ",", R"({"sku":"OLD-)", i,
                    R"("})");
  }
  harness.qoyod().Admin("POST", "/_admin/products", rows + "]");
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"status_5xx":
                      {"methods":["GET"],"skus":["A-2","OLD-7"]}})")
                  .ok());
  std::vector<v1::CatalogLine> lines = Lines("A-", 3);
  lines.push_back(Line("OLD-7"));
  harness.Import("spring", lines);
  const auto row = harness.Finish("spring");
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), 3);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_LINKED), 1);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

// Where the filter by SKU has no effect, what a process before this one saw is
// asked for by its id.
TEST(ProviderQuirksTest, ARecordThatTookAnotherSkuIsFoundUnderIt) {
  DeliveryHarness harness(Quick());
  harness.qoyod().Admin("POST", "/_admin/products", R"([{"id":1,"sku":"A"}])");
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"filters_ignored":{"filters":["sku_eq"]}})")
                  .ok());
  harness.Import("winter", {Line("Z")});
  harness.Finish("winter");
  harness.Stop();
  harness.qoyod().Admin("PUT", "/_admin/products/1", R"({"sku":"B"})");
  harness.Start();
  harness.Import("spring", {Line("A")});
  EXPECT_EQ(domain::CountOf(harness.Finish("spring"), v1::ITEM_STATE_CREATED),
            1);
  harness.Import("summer", {Line("B")});
  EXPECT_EQ(domain::CountOf(harness.Finish("summer"), v1::ITEM_STATE_LINKED),
            1);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

// F45: made by hand after the look, and before products that we created.
TEST(ProviderQuirksTest, ASkuThatIsTakenIsLookedUpWhereverItStands) {
  for (const std::string form : {"taken_by_id", "taken"}) {
    DeliveryHarness harness(Quick());
    harness.Import("spring", Lines("A-", 20));
    harness.Finish("spring");
    harness.qoyod().Admin("POST", "/_admin/products", R"({"sku":"C-7"})");
    harness.Import("summer", Lines("B-", 20));
    harness.Finish("summer");
    ASSERT_TRUE(harness.qoyod()
                    .SetFaults(absl::StrCat(R"({"unique_sku":{"form":")", form,
                                            R"("}})"))
                    .ok());
    harness.Import("autumn", Lines("C-", 10));
    const auto row = harness.Finish("autumn");
    EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), 9);
    EXPECT_EQ(harness.Item("autumn", 7).state(), v1::ITEM_STATE_LINKED)
        << harness.Item("autumn", 7).ShortDebugString();
    EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
  }
}

TEST(ProviderQuirksTest, WhatWasCreatedIsSeenAgainWhereDeepPagesFail) {
  DeliveryHarness harness(Pausing());
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"deep_page_500":{"from_page":2}})").ok());
  harness.Import("spring", Lines("A-", 250));
  EXPECT_EQ(domain::CountOf(harness.Finish("spring"), v1::ITEM_STATE_CREATED),
            250);
  harness.clock().Skip(31'000);  // What was seen is too old now.
  harness.Import("summer", Lines("B-", 20));
  EXPECT_EQ(domain::CountOf(harness.Finish("summer"), v1::ITEM_STATE_CREATED),
            20);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

}  // namespace
}  // namespace qantara::server
