// Delivery to the simulated Qwoty: one product per request, no filters, ids
// without order, unique names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"
#include "tools/simulator/json.h"
#include "tools/simulator/qwoty_simulator.h"

namespace qantara::server {
namespace {

using simulator::Json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCategory[] = "7b1c2d3e-0000-4000-8000-00000000000a";

uint32_t Count(const tables::v1::ImportRow& row, v1::ItemState state) {
  return domain::CountOf(row, state);
}

bool IsApiName(absl::string_view name) {
  for (const char c : name) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_') {
      return false;
    }
  }
  return !name.empty();
}

class QwotyDeliveryTest : public ::testing::Test {
 protected:
  void Begin(absl::string_view faults = "{}") {
    simulator::SimulatorOptions options = simulator::QwotyOptions();
    options.fixtures_json = std::string(faults);
    ASSERT_TRUE(qwoty_.Start(options).ok());
    DeliveryHarness::Options harness;
    harness.qwoty = &qwoty_;
    harness_ = std::make_unique<DeliveryHarness>(harness);
  }

  int64_t Posts() { return qwoty_.RequestCount("POST", "/products"); }
  int64_t Patches() { return qwoty_.RequestCount("PATCH", "/products/{id}"); }

  // Adds a record by hand and returns its id.
  std::string Add(const std::string& sku, const std::string& api_name) {
    Json fields = Json::Object();
    fields.Add("inventory[sku]", Json::String(sku));
    fields.Add("name", Json::String("by hand"));
    fields.Add("api_name", Json::String(api_name));
    fields.Add("recurrence_type", Json::String("one_off"));
    const auto reply =
        qwoty_.Admin("POST", "/_admin/products", fields.ToText());
    return Json::Parse(reply.body)->Find("ids")->items()[0].text();
  }

  std::vector<std::string> BodiesOf(const std::string& method) {
    std::vector<std::string> bodies;
    for (const auto& entry : qwoty_.JournalEntries()) {
      if (entry.method == method) bodies.push_back(entry.body);
    }
    return bodies;
  }

  // Each SKU is there once, besides `others`, and each mapping leads to its
  // record.
  void ExpectEachOnce(const std::string& import_id, int count, int others = 0) {
    EXPECT_EQ(qwoty_.ProductCount(), count + others);
    EXPECT_THAT(qwoty_.RepeatedSkus(), IsEmpty());
    for (int line = 1; line <= count; ++line) {
      const auto item = harness_->Item(import_id, line);
      const auto product = harness_->Product(item.sku());
      EXPECT_EQ(product.remote_id(), item.remote_id());
      EXPECT_EQ(product.acknowledged().sku(), item.sku());
      EXPECT_NE(product.acknowledged().parent_id(), "");
    }
  }

  simulator::QwotySimulator qwoty_;
  std::unique_ptr<DeliveryHarness> harness_;
};

TEST_F(QwotyDeliveryTest, EachProductIsCreatedOnceUnderAValidNameOfItsOwn) {
  Begin();
  harness_->Import("spring", Lines("A-", 120));
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 120);
  EXPECT_EQ(Posts(), 120);
  ExpectEachOnce("spring", 120);
  std::set<std::string> names;
  for (int line = 1; line <= 120; ++line) {
    const auto product = harness_->Product(absl::StrCat("A-", line));
    const std::string& name = product.acknowledged().qwoty().api_name();
    EXPECT_TRUE(IsApiName(name)) << name;
    EXPECT_EQ(product.desired().qwoty().api_name(), name);
    names.insert(name);
  }
  EXPECT_THAT(names, SizeIs(120));
  EXPECT_EQ(harness_->status().state(), v1::CONNECTION_STATE_ACTIVE);
}

TEST_F(QwotyDeliveryTest, FieldsThatItLacksAreCountedAndCostNothing) {
  Begin();
  harness_->Import("spring", Lines("A-", 30));
  const auto row = harness_->Finish("spring");
  ASSERT_EQ(row.not_taken_size(), 2);
  EXPECT_EQ(row.not_taken(0).field(), "name_ar");
  EXPECT_EQ(row.not_taken(0).lines(), 30);
  EXPECT_EQ(row.not_taken(1).field(), "selling_price");

  std::vector<v1::CatalogLine> dearer;
  for (int i = 1; i <= 30; ++i) {
    dearer.push_back(Line(absl::StrCat("A-", i), "99"));
  }
  harness_->Import("summer", dearer);
  EXPECT_EQ(Count(harness_->Finish("summer"), v1::ITEM_STATE_UNCHANGED), 30);
  EXPECT_EQ(Posts(), 30);
  EXPECT_EQ(Patches(), 0);
}

TEST_F(QwotyDeliveryTest, AnUnchangedCatalogCostsNoRequest) {
  Begin();
  harness_->Import("spring", Lines("A-", 30));
  harness_->Finish("spring");
  const size_t requests = qwoty_.JournalEntries().size();
  harness_->Import("summer", Lines("A-", 30));
  EXPECT_EQ(Count(harness_->Finish("summer"), v1::ITEM_STATE_UNCHANGED), 30);
  EXPECT_EQ(Posts(), 30);
  EXPECT_EQ(qwoty_.JournalEntries().size(), requests);
}

TEST_F(QwotyDeliveryTest, AChangedNameIsPatchedAlone) {
  Begin();
  harness_->Import("spring", Lines("A-", 3));
  harness_->Finish("spring");
  auto lines = Lines("A-", 3);
  lines[1].mutable_product()->set_name_en("Renamed");
  lines[1].mutable_product()->mutable_qwoty()->set_recurrence_type("recurring");
  harness_->Import("summer", lines);
  const auto row = harness_->Finish("summer");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_UPDATED), 1);
  EXPECT_THAT(BodiesOf("PATCH"), ElementsAre(R"({"name":"Renamed"})"));
  EXPECT_EQ(harness_->Product("A-2").acknowledged().name_en(), "Renamed");
}

TEST_F(QwotyDeliveryTest, AnArabicNameThatStandsInForTheEnglishOneIsPatched) {
  Begin();
  auto lines = Lines("A-", 1);
  lines[0].mutable_product()->clear_name_en();
  harness_->Import("spring", lines);
  EXPECT_EQ(harness_->Finish("spring").not_taken_size(), 1) << "the price";
  EXPECT_EQ(harness_->Product("A-1").acknowledged().name_en(), "منتج");
  lines[0].mutable_product()->set_name_ar("كوب");
  harness_->Import("summer", lines);
  EXPECT_EQ(Count(harness_->Finish("summer"), v1::ITEM_STATE_UPDATED), 1);
  EXPECT_THAT(BodiesOf("PATCH"), ElementsAre(R"({"name":"كوب"})"));
  EXPECT_EQ(harness_->Product("A-1").differing_fields_size(), 0);
  harness_->Import("autumn", lines);
  EXPECT_EQ(Count(harness_->Finish("autumn"), v1::ITEM_STATE_UNCHANGED), 1);
}

TEST_F(QwotyDeliveryTest, LostAnswersCauseNoDuplicate) {
  Begin(R"({"lost_answer":{"rate":0.4,"how":"close","methods":["POST"]}})");
  harness_->Import("spring", Lines("A-", 120));
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 120) << row.ShortDebugString();
  ExpectEachOnce("spring", 120);
  EXPECT_EQ(Posts(), 120);
}

TEST_F(QwotyDeliveryTest, WhatWasNeverAppliedIsSentAgainAfterTwoWalks) {
  Begin();
  harness_->Import("first", Lines("B-", 2));
  harness_->Finish("first");
  // Neither applied nor answered.
  ASSERT_TRUE(
      qwoty_
          .SetFaults(
              R"({"status_5xx":{"status":500,"count":3,"methods":["POST"]}})")
          .ok());
  harness_->Import("spring", Lines("A-", 3));
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 3) << row.ShortDebugString();
  ExpectEachOnce("spring", 3, 2);
  // Two walks of one page serve all that are unknown at a time.
  EXPECT_GE(harness_->metrics().CountOf("settle"), 2);
}

TEST_F(QwotyDeliveryTest, ARecordThatIsThereIsLinkedByItsSkuOrItsName) {
  Begin();
  const std::string by_sku = Add("A-1", "made_by_hand");
  auto lines = Lines("A-", 3);
  lines[1].mutable_product()->mutable_qwoty()->set_api_name("ours");
  const std::string by_name = Add("OTHER", "ours");
  harness_->Import("spring", lines);
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 2) << row.ShortDebugString();
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 1);
  EXPECT_EQ(harness_->Product("A-1").remote_id(), by_sku);
  EXPECT_EQ(harness_->Product("A-2").remote_id(), by_name);
  EXPECT_EQ(Posts(), 1);
}

TEST_F(QwotyDeliveryTest, ANameAndASkuOfTwoRecordsAreLeftToSomebody) {
  Begin();
  Add("A-1", "made_by_hand");
  Add("OTHER", "ours");
  auto lines = Lines("A-", 1);
  lines[0].mutable_product()->mutable_qwoty()->set_api_name("ours");
  harness_->Import("spring", lines);
  harness_->Finish("spring");
  EXPECT_EQ(harness_->Item("spring", 1).state(), v1::ITEM_STATE_PARKED);
  EXPECT_EQ(harness_->Item("spring", 1).reason(),
            v1::ERROR_REASON_SKU_DUPLICATE);
  EXPECT_EQ(Posts(), 0);
}

TEST_F(QwotyDeliveryTest, ANameThatWasTakenMeanwhileIsLookedUp) {
  Begin();
  harness_->Import("first", Lines("B-", 1));
  harness_->Finish("first");  // The catalog was swept: the look is fresh.
  auto lines = Lines("A-", 1);
  lines[0].mutable_product()->mutable_qwoty()->set_api_name("ours");
  const std::string id = Add("A-1", "ours");
  harness_->Import("spring", lines);
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_LINKED), 1) << row.ShortDebugString();
  EXPECT_EQ(harness_->Product("A-1").remote_id(), id);
  EXPECT_EQ(qwoty_.ProductCount(), 2);
}

TEST_F(QwotyDeliveryTest, AskingForWhatItLacksDoesNotCloseTheConnection) {
  Begin();
  auto lines = Lines("A-", 2);
  lines[0].mutable_product()->set_tax_id("vat");
  lines[1].mutable_product()->set_category_id(kCategory);
  harness_->Import("spring", lines);
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 2) << row.ShortDebugString();
  EXPECT_EQ(harness_->status().state(), v1::CONNECTION_STATE_ACTIVE);
}

TEST_F(QwotyDeliveryTest, AWrongFieldIsNamedBeforeAnythingIsSent) {
  Begin();
  auto lines = Lines("A-", 2);
  lines[0].mutable_product()->set_category_id("42");
  lines[1].mutable_product()->mutable_qoyod()->set_sale_item(true);
  harness_->Import("spring", lines);
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_INVALID), 2) << row.ShortDebugString();
  EXPECT_EQ(harness_->Item("spring", 1).problems(0).field(),
            "product.category_id");
  EXPECT_EQ(Posts(), 0);
}

TEST_F(QwotyDeliveryTest, AProcessThatWasStoppedGoesOnWithoutADuplicate) {
  Begin(R"({"lost_answer":{"rate":0.3,"how":"close","methods":["POST"]}})");
  harness_->Import("spring", Lines("A-", 60));
  harness_->Await("some requests", [&] { return Posts() > 20; });
  harness_->Stop();
  harness_->Start();
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 60) << row.ShortDebugString();
  ExpectEachOnce("spring", 60);
  EXPECT_EQ(Posts(), 60);
}

TEST_F(QwotyDeliveryTest, NewRowsInFrontDoNotHideOldOnes) {
  Begin(R"({"newest_first":true,
            "lost_answer":{"rate":0.2,"how":"close","methods":["POST"]}})");
  harness_->Import("spring", Lines("A-", 230));
  const auto row = harness_->Finish("spring");
  EXPECT_EQ(Count(row, v1::ITEM_STATE_CREATED), 230) << row.ShortDebugString();
  ExpectEachOnce("spring", 230);
  EXPECT_EQ(Posts(), 230);
}

}  // namespace
}  // namespace qantara::server
