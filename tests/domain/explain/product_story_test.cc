// The steps of one product, from events written as text.
#include "domain/explain/product_story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Product 7 was SKU A and is SKU B, record 42, and was record 41.
class ProductStoryTest : public ::testing::Test {
 protected:
  ProductStoryTest()
      : story_("store", FromText<tables::v1::ProductRow>(
                            "product_id: 7 sku: 'B' former_skus: 'A' "
                            "external_id: 'x' remote_id: '42' "
                            "former_remote_ids: '41'")) {}

  // Steps of the next event.
  std::vector<v1::ProductStep> Tell(
      const std::string& event, const std::string& stream = "delivery/store") {
    ++position_;
    const auto record = FromText<events::v1::EventRecord>(absl::StrCat(
        "position: ", position_, " stream: '", stream,
        "' time { seconds: ", 100 + position_, " } event { ", event, " }"));
    std::vector<v1::ProductStep> steps;
    EXPECT_TRUE(story_.Tell(record, &steps).ok());
    for (const v1::ProductStep& step : steps) {
      EXPECT_EQ(step.position(), position_);
      EXPECT_EQ(step.time().seconds(), 100 + position_);
    }
    return steps;
  }
  // The one step of the next event.
  v1::ProductStep TellOne(const std::string& event) {
    const auto steps = Tell(event);
    EXPECT_EQ(steps.size(), 1) << event;
    return steps.empty() ? v1::ProductStep() : steps.front();
  }

  int64_t position_ = 0;
  ProductStory story_;
};

TEST_F(ProductStoryTest, ALineIsToldWithItsNumberStateAndContent) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku("A");
  line.mutable_product()->set_selling_price("25");
  events::v1::EventRecord record;
  record.set_position(5);
  auto& accepted = *record.mutable_event()->mutable_import_lines_accepted();
  accepted.set_connection("store");
  accepted.set_import_id("spring");
  accepted.set_first_line(11);
  accepted.add_lines()->set_product_id(8);
  auto& ours = *accepted.add_lines();
  ours.set_product_id(7);
  ours.set_sku("A");
  ours.set_state(v1::ITEM_STATE_QUEUED);
  ours.set_payload(line.SerializeAsString());
  std::vector<v1::ProductStep> steps;
  ASSERT_TRUE(story_.Tell(record, &steps).ok());
  ASSERT_EQ(steps.size(), 1);
  const v1::LineReceived& received = steps[0].line_received();
  EXPECT_EQ(received.item().import_id(), "spring");
  EXPECT_EQ(received.item().line(), 12);
  EXPECT_EQ(received.item().state(), v1::ITEM_STATE_QUEUED);
  EXPECT_EQ(received.product().selling_price(), "25");
  EXPECT_TRUE(received.taken());
}

TEST_F(ProductStoryTest, LinesTurnedAwayAreToldByEachKeyOfTheProduct) {
  const auto steps = Tell(
      "import_lines_accepted { connection: 'store' import_id: 'i' "
      "first_line: 1 "
      "lines { state: ITEM_STATE_PARKED sku: 'A' reason: "
      "ERROR_REASON_SKU_REPEATED } "
      "lines { state: ITEM_STATE_INVALID sku: 'B' } "
      "lines { state: ITEM_STATE_PARKED sku: 'C' external_id: 'x' } "
      "lines { state: ITEM_STATE_INVALID sku: 'D' } "
      "lines { state: ITEM_STATE_INVALID } "
      "lines { state: ITEM_STATE_QUEUED product_id: 9 sku: 'E' } }");
  ASSERT_EQ(steps.size(), 3);
  EXPECT_FALSE(steps[0].line_received().taken());
  EXPECT_EQ(steps[0].line_received().item().reason(),
            v1::ERROR_REASON_SKU_REPEATED);
  EXPECT_EQ(steps[1].line_received().item().line(), 2);
  EXPECT_EQ(steps[2].line_received().item().line(), 3);
}

TEST_F(ProductStoryTest, ALineTurnedAwayIsFollowedUntilItGoesElsewhere) {
  Tell(
      "import_lines_accepted { connection: 'store' import_id: 'i' "
      "first_line: 1 lines { state: ITEM_STATE_PARKED sku: 'A' } "
      "lines { state: ITEM_STATE_PARKED sku: 'A' } }");
  const v1::ProductStep retried = TellOne(
      "parked_retried { connection: 'store' item { import_id: 'i' line: 1 } "
      "line { state: ITEM_STATE_QUEUED product_id: 9 sku: 'A-2' } "
      "note: 'another colour' }");
  EXPECT_TRUE(retried.parked_retried().left());
  EXPECT_EQ(retried.parked_retried().sku(), "A-2");
  EXPECT_EQ(retried.parked_retried().note(), "another colour");
  EXPECT_THAT(Tell("parked_discarded { connection: 'store' "
                   "item { import_id: 'i' line: 1 product_id: 9 } }"),
              IsEmpty());
  EXPECT_THAT(Tell("parked_discarded { connection: 'other' "
                   "item { import_id: 'i' line: 2 } }"),
              IsEmpty());
  const v1::ProductStep discarded = TellOne(
      "parked_discarded { connection: 'store' "
      "item { import_id: 'i' line: 2 } note: 'twice' }");
  EXPECT_EQ(discarded.parked_discarded().line().line(), 2);
}

TEST_F(ProductStoryTest, ALineThatJoinsTheProductIsToldFromThereOn) {
  const v1::ProductStep joined = TellOne(
      "parked_retried { connection: 'store' "
      "item { import_id: 'i' line: 4 product_id: 9 } "
      "line { state: ITEM_STATE_QUEUED product_id: 7 sku: 'B' } }");
  EXPECT_FALSE(joined.parked_retried().left());
  EXPECT_EQ(joined.parked_retried().item().line(), 4);
}

TEST_F(ProductStoryTest, ARequestIsToldByItsPlaceAndItsBody) {
  const v1::ProductStep step = TellOne(
      "create_intended { connection: 'store' "
      "items { import_id: 'i' line: 3 product_id: 8 } "
      "items { import_id: 'i' line: 5 product_id: 7 } "
      "fingerprint: '\\001\\253' watermark: '40' "
      "window { send_by_time { seconds: 9 } } suspect_group: 2 }");
  const v1::CreatePlanned& planned = step.create_planned();
  EXPECT_EQ(planned.line(), 5);
  EXPECT_EQ(planned.items(), 2);
  EXPECT_EQ(planned.place(), 2);
  EXPECT_EQ(planned.fingerprint(), "01ab");
  EXPECT_EQ(planned.watermark(), "40");
  EXPECT_EQ(planned.send_by_time().seconds(), 9);
  EXPECT_EQ(planned.suspect_group(), 2);
}

TEST_F(ProductStoryTest, AnUnknownOutcomeIsSettledByReadingAndMaps) {
  const v1::ProductStep unknown = TellOne(
      "create_answered { connection: 'store' intent: 3 answer: ANSWER_UNKNOWN "
      "items { item { product_id: 8 } state: ITEM_STATE_UNKNOWN } "
      "items { item { import_id: 'i' line: 5 product_id: 7 } "
      "state: ITEM_STATE_UNKNOWN } problems { message: 'no answer' } }");
  EXPECT_EQ(unknown.create_answered().outcome(), v1::REQUEST_OUTCOME_UNKNOWN);
  EXPECT_EQ(unknown.create_answered().item().line(), 5);
  EXPECT_EQ(unknown.create_answered().problems(0).message(), "no answer");
  const auto steps = Tell(
      "items_settled { connection: 'store' intent: 3 "
      "items { item { import_id: 'i' line: 5 product_id: 7 } "
      "state: ITEM_STATE_CREATED remote { id: '41' } } }");
  ASSERT_EQ(steps.size(), 2);
  EXPECT_EQ(steps[0].item_settled().planned_position(), 3);
  EXPECT_EQ(steps[0].item_settled().item().remote_id(), "41");
  EXPECT_EQ(steps[1].mapping_changed().state(), v1::MAPPING_STATE_MAPPED);
  EXPECT_EQ(steps[1].mapping_changed().remote_id(), "41");
}

TEST_F(ProductStoryTest, EveryAnswerHasAnOutcome) {
  const auto* answers = events::v1::Answer_descriptor();
  for (int i = 1; i < answers->value_count(); ++i) {
    const std::string& name = answers->value(i)->name();
    EXPECT_NE(TellOne(absl::StrCat("create_answered { connection: 'store' "
                                   "answer: ",
                                   name, " items { item { product_id: 7 } } }"))
                  .create_answered()
                  .outcome(),
              v1::REQUEST_OUTCOME_UNSPECIFIED)
        << name;
  }
}

TEST_F(ProductStoryTest, AnotherSkuAndAnotherRecordAreChangesOfTheMapping) {
  Tell(
      "import_lines_accepted { connection: 'store' first_line: 1 "
      "lines { product_id: 7 sku: 'A' state: ITEM_STATE_QUEUED } }");
  Tell(
      "create_answered { connection: 'store' items { item { product_id: 7 } "
      "state: ITEM_STATE_CREATED remote { id: '41' } } }");
  Tell(
      "update_intended { connection: 'store' product_id: 7 remote_id: '41' "
      "fields { sku: 'B' } updates: 4 }");
  Tell(
      "update_answered { connection: 'store' product_id: 7 "
      "answer: ANSWER_UNKNOWN state: UPDATE_STATE_UNKNOWN }");
  const auto renamed = Tell(
      "update_answered { connection: 'store' product_id: 7 "
      "answer: ANSWER_CONFIRMED state: UPDATE_STATE_APPLIED }");
  ASSERT_EQ(renamed.size(), 2);
  EXPECT_TRUE(renamed[0].update_answered().read_back());
  EXPECT_EQ(renamed[1].mapping_changed().previous_sku(), "A");
  EXPECT_EQ(renamed[1].mapping_changed().sku(), "B");
  Tell("update_intended { connection: 'store' product_id: 7 }");
  const auto gone = Tell(
      "update_answered { connection: 'store' product_id: 7 gone: true "
      "answer: ANSWER_REFUSED state: UPDATE_STATE_REJECTED }");
  ASSERT_EQ(gone.size(), 2);
  EXPECT_FALSE(gone[0].update_answered().read_back());
  EXPECT_EQ(gone[1].mapping_changed().state(), v1::MAPPING_STATE_STALE);
  EXPECT_EQ(gone[1].mapping_changed().previous_remote_id(), "41");
  const auto again = Tell(
      "create_answered { connection: 'store' items { item { product_id: 7 } "
      "state: ITEM_STATE_CREATED remote { id: '42' } } }");
  ASSERT_EQ(again.size(), 2);
  EXPECT_EQ(again[1].mapping_changed().remote_id(), "42");
  EXPECT_EQ(again[1].mapping_changed().previous_sku(), "");
}

TEST_F(ProductStoryTest, ADuplicateIsOneUntilSomebodySaysOtherwise) {
  Tell(
      "import_lines_accepted { connection: 'store' first_line: 1 "
      "lines { product_id: 7 sku: 'A' state: ITEM_STATE_QUEUED } }");
  const auto parked = Tell(
      "items_settled { connection: 'store' items { item { import_id: 'i' "
      "line: 1 product_id: 7 } state: ITEM_STATE_PARKED "
      "reason: ERROR_REASON_SKU_DUPLICATE duplicate_remote_ids: '5' "
      "duplicate_remote_ids: '6' } }");
  ASSERT_EQ(parked.size(), 2);
  EXPECT_THAT(parked[1].mapping_changed().duplicate_remote_ids(),
              ElementsAre("5", "6"));
  const auto retried = Tell(
      "parked_retried { connection: 'store' accept_duplicate: true "
      "item { import_id: 'i' line: 1 product_id: 7 } "
      "line { product_id: 7 sku: 'A' state: ITEM_STATE_QUEUED } }");
  ASSERT_EQ(retried.size(), 2);
  EXPECT_TRUE(retried[0].parked_retried().accept_duplicate());
  EXPECT_EQ(retried[1].mapping_changed().state(), v1::MAPPING_STATE_PENDING);
}

TEST_F(ProductStoryTest, WithoutSkuAnUnknownOutcomeIsAsADuplicate) {
  const auto parked = Tell(
      "create_answered { connection: 'store' answer: ANSWER_UNKNOWN "
      "items { item { product_id: 7 } state: ITEM_STATE_PARKED "
      "reason: ERROR_REASON_OUTCOME_UNKNOWN } }");
  ASSERT_EQ(parked.size(), 2);
  EXPECT_EQ(parked[1].mapping_changed().state(), v1::MAPPING_STATE_DUPLICATE);
  EXPECT_THAT(parked[1].mapping_changed().duplicate_remote_ids(), IsEmpty());
}

TEST_F(ProductStoryTest, StockOfARecordIsItsOwnAlsoBeforeItWasMapped) {
  const std::string products =
      " products { remote_id: '41' sku: 'A' changes { location_id: '3' "
      "previous_quantity: '7' quantity: '5' } } "
      "products { remote_id: '42' product_id: 9 } "
      "products { remote_id: '43' } ";
  const v1::ProductStep step = TellOne(
      "stock_observed { connection: 'store' observe_time { seconds: 3 }" +
      products + "}");
  const v1::StockSeen& seen = step.stock_observed();
  EXPECT_EQ(seen.remote_id(), "41");
  EXPECT_EQ(seen.observe_time().seconds(), 3);
  EXPECT_EQ(seen.figures(0).previous_quantity(), "7");
  EXPECT_EQ(seen.figures(0).quantity(), "5");
}

TEST_F(ProductStoryTest, WhatWasCutIsToldOnceByTheSnapshotBehindIt) {
  const std::string snapshot =
      "stock_snapshot_taken { connection: 'store' rows { remote_id: '42' "
      "product_id: 7 figures { location_id: '3' quantity: '5' } } }";
  EXPECT_THAT(Tell(snapshot, "stock/store"), IsEmpty());
  Tell("event_cut { value_digest: 'd' }", "stock/other");
  EXPECT_THAT(Tell(snapshot, "stock/store"), IsEmpty());
  Tell("event_cut { value_digest: 'd' }", "stock/store");
  const auto steps = Tell(snapshot, "stock/store");
  ASSERT_EQ(steps.size(), 1);
  EXPECT_TRUE(steps[0].stock_observed().history_cut());
  EXPECT_EQ(steps[0].stock_observed().figures(0).quantity(), "5");
  EXPECT_THAT(Tell(snapshot, "stock/store"), IsEmpty());
}

TEST_F(ProductStoryTest, LinesTurnedAwayHaveABound) {
  events::v1::EventRecord record;
  record.set_position(1);
  auto& accepted = *record.mutable_event()->mutable_import_lines_accepted();
  accepted.set_connection("store");
  accepted.set_import_id("i");
  accepted.set_first_line(1);
  for (size_t i = 0; i < ProductStory::kMaxLines; ++i) {
    accepted.add_lines()->set_sku("A");
  }
  std::vector<v1::ProductStep> steps;
  ASSERT_TRUE(story_.Tell(record, &steps).ok());
  EXPECT_EQ(steps.size(), ProductStory::kMaxLines);
  accepted.set_import_id("j");
  EXPECT_EQ(story_.Tell(record, &steps).code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace qantara::domain
