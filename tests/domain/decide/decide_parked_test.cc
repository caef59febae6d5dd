#include "domain/error.h"
#include "domain/item_state.h"
#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// What cannot go on by itself: retried and discarded.
class DecideParkedTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideParkedTest, Decides) { RunCase(GetParam()); }

// Line 1 of the ended import `spring`, at positions 1 to 3, is parked by 4.
std::vector<Step> Parked(const std::string& product, const std::string& outcome,
                         std::vector<Step> more = {},
                         const std::string& external_id = "") {
  std::vector<Step> steps = {
      Imported("spring", {Line(product, external_id)}),
      Settle("items { item { import_id: 'spring' line: 1 product_id: 1 } "
             "state: ITEM_STATE_PARKED " +
             outcome + " }")};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

std::vector<Step> ParkedAsExisting(std::vector<Step> more = {}) {
  return Parked("sku: 'A' selling_price: '5'",
                "reason: ERROR_REASON_EXISTS_REMOTELY", std::move(more));
}

std::vector<Step> ParkedAsAltered(std::vector<Step> more = {}) {
  return Parked("sku: 'A' selling_price: '5'",
                "reason: ERROR_REASON_SKU_ALTERED duplicate_remote_ids: '7'",
                std::move(more), "x");
}

std::vector<Step> ParkedAsDuplicate(std::vector<Step> more = {}) {
  return Parked("sku: 'A'",
                "reason: ERROR_REASON_SKU_DUPLICATE "
                "duplicate_remote_ids: ['7', '8']",
                std::move(more));
}

std::vector<Step> ParkedAsUnknown(std::vector<Step> more = {}) {
  return Parked("selling_price: '5'", "reason: ERROR_REASON_OUTCOME_UNKNOWN",
                std::move(more));
}

// The second line of `spring` has the SKU of the first.
std::vector<Step> Repeated(std::vector<Step> more = {}) {
  std::vector<Step> steps = {
      Imported("spring", {Line("sku: 'A' selling_price: '5'"),
                          Line("sku: 'A' selling_price: '6'")})};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const char kRetried[] = R"pb(parked_retried {
                               item {
                                 import_id: "spring"
                                 line: 1
                                 product_id: 1
                                 previous_position: 4
                               }
                               line {
                                 state: ITEM_STATE_QUEUED
                                 product_id: 1
                                 sku: "A"
                                 previous_position: 4
                               }
                               request_id: "r"
                             })pb";

const DecideCase kRetries[] = {
    {"AParkedLineIsQueuedAgain",
     ParkedAsExisting(),
     Retry("r", "spring", 1),
     {kRetried}},
    {"ARepeatedRequestHasNoEffect",
     ParkedAsExisting({Retry("r", "spring", 1)}),
     Retry("r", "spring", 1),
     {}},
    {"ARequestIdIsNotUsedTwice",
     ParkedAsExisting({Retry("r", "spring", 1)}),
     Retry("r", "spring", 1, "selling_price: '6'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"ARequestIdOfACreateIsNotUsedAgain",
     ParkedAsExisting({Create("r", "sku: 'B'")}),
     Retry("r", "spring", 1),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"ALineThatIsNotParkedIsRefused",
     ParkedAsExisting({Retry("r", "spring", 1)}),
     Retry("r2", "spring", 1),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_NOT_PARKED},
    {"AnUnknownLineIsNotFound",
     ParkedAsExisting(),
     Retry("r", "spring", 2),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_ENTRY_NOT_FOUND},
    {"AnUnknownUpdateIsNotFound",
     ParkedAsExisting(),
     RetryUpdate("r", "u"),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_ENTRY_NOT_FOUND},
    {"ADuplicateWaitsForAChoice",
     ParkedAsDuplicate(),
     Retry("r", "spring", 1, "", /*accept_duplicate=*/true),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_SKU_DUPLICATE},
    {"ADuplicateIsNotRetriedWithOtherFields",
     ParkedAsDuplicate(),
     Retry("r", "spring", 1, "selling_price: '6'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_SKU_DUPLICATE},
    {"ADuplicateGoesOnUnderAnotherSku",
     ParkedAsDuplicate(),
     Retry("r", "spring", 1, "sku: 'B'"),
     {R"pb(parked_retried {
             item {
               import_id: "spring"
               line: 1
               product_id: 1
               previous_position: 4
             }
             line { state: ITEM_STATE_QUEUED product_id: 2 sku: "B" }
             request_id: "r"
           })pb"}},
    {"AnAlteredOneMayBeADuplicate",
     ParkedAsAltered(),
     Retry("r", "spring", 1),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_DUPLICATE_POSSIBLE},
    {"AnUnknownOneMayBeADuplicate",
     ParkedAsUnknown(),
     Retry("r", "spring", 1),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_DUPLICATE_POSSIBLE},
    {"AnUnknownOneMayBeADuplicateUnderAnySku",
     ParkedAsUnknown(),
     Retry("r", "spring", 1, "sku: 'B'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_DUPLICATE_POSSIBLE},
    {"ALineThatWouldBeParkedAgainIsRefused",
     ParkedAsDuplicate({Open("more"), Accept("more", {Line("sku: 'A'")})}),
     Retry("r", "more", 1),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_SKU_DUPLICATE},
    {"ARepeatedSkuChangesTheProductOfTheFirstLine",
     Repeated(),
     Retry("r", "spring", 2),
     {R"pb(parked_retried {
             item { import_id: "spring" line: 2 }
             line {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 2
             }
             request_id: "r"
           })pb"}},
};

INSTANTIATE_TEST_SUITE_P(Retries, DecideParkedTest,
                         ::testing::ValuesIn(kRetries), NameOfCase);

const DecideCase kDiscards[] = {
    {"AParkedLineIsGivenUp",
     ParkedAsExisting(),
     Discard("r", "spring", 1),
     {R"pb(parked_discarded {
             item {
               import_id: "spring"
               line: 1
               product_id: 1
               previous_position: 4
             }
             note: "not sold any more"
             request_id: "r"
           })pb"}},
    {"ALineWithoutProductIsGivenUp",
     Repeated(),
     Discard("r", "spring", 2),
     {R"pb(parked_discarded {
             item { import_id: "spring" line: 2 }
             note: "not sold any more"
             request_id: "r"
           })pb"}},
    {"ARepeatedDiscardHasNoEffect",
     ParkedAsExisting({Discard("r", "spring", 1)}),
     Discard("r", "spring", 1),
     {}},
    {"ALineThatWaitsIsNotGivenUp",
     ParkedAsExisting({Retry("r", "spring", 1)}),
     Discard("r2", "spring", 1),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_NOT_PARKED},
};

INSTANTIATE_TEST_SUITE_P(Discards, DecideParkedTest,
                         ::testing::ValuesIn(kDiscards), NameOfCase);

void Play(Scenario* scenario, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    const absl::Status status = step(*scenario);
    ASSERT_TRUE(status.ok()) << status;
  }
}

class ParkedTest : public ::testing::Test {
 protected:
  ~ParkedTest() override {
    EXPECT_EQ(scenario_.CheckLog(), std::vector<std::string>());
  }
  Scenario scenario_;
};

TEST_F(ParkedTest, AnImportIsNotFinishedAnyMoreAndFinishesAgain) {
  Play(&scenario_, ParkedAsExisting());
  EXPECT_TRUE(IsFinished(scenario_.Import("spring")));
  Play(&scenario_, {Retry("r", "spring", 1)});
  EXPECT_FALSE(IsFinished(scenario_.Import("spring")));
  Play(&scenario_, {Created("spring", 1, "9")});
  EXPECT_TRUE(IsFinished(scenario_.Import("spring")));
  EXPECT_EQ(scenario_.States("spring"), "CREATED");
}

TEST_F(ParkedTest, ADiscardedLineKeepsTheNote) {
  Play(&scenario_, ParkedAsExisting({Discard("r", "spring", 1)}));
  const tables::v1::ItemRow item = scenario_.Item("spring", 1);
  EXPECT_EQ(item.state(), v1::ITEM_STATE_CANCELLED);
  EXPECT_EQ(item.reason(), v1::ERROR_REASON_DISCARDED);
  ASSERT_EQ(item.problems_size(), 1);
  EXPECT_EQ(item.problems(0).message(), "not sold any more");
  EXPECT_TRUE(IsFinished(scenario_.Import("spring")));
}

TEST_F(ParkedTest, APatchedLineIsWhatIsSentAndCountsAsAcceptedNow) {
  Play(&scenario_,
       ParkedAsExisting({Retry("r", "spring", 1, "selling_price: '6'")}));
  const tables::v1::ItemRow item = scenario_.Item("spring", 1);
  EXPECT_EQ(item.accepted_position(), scenario_.head());
  EXPECT_EQ(item.accepted_first_line(), 1u);
  Play(&scenario_, {Created("spring", 1, "9")});
  EXPECT_EQ(scenario_.Product(1).desired().selling_price(), "6");
}

TEST_F(ParkedTest, AClientMayRepeatTheBytesOfALineThatWasPatched) {
  Play(&scenario_,
       {Open("spring"), Accept("spring", {Line("sku: 'A' selling_price: '5'")}),
        Settle("items { item { import_id: 'spring' line: 1 product_id: 1 } "
               "state: ITEM_STATE_PARKED reason: "
               "ERROR_REASON_EXISTS_REMOTELY }"),
        Retry("r", "spring", 1, "sku: 'B'"),
        Accept("spring", {Line("sku: 'A' selling_price: '5'")}, 1)});
  EXPECT_EQ(
      Accept("spring", {Line("sku: 'B' selling_price: '5'")}, 1)(scenario_)
          .code(),
      absl::StatusCode::kAlreadyExists);
}

TEST_F(ParkedTest, AnAcceptedDuplicateIsLookedForAndCreated) {
  Play(&scenario_, ParkedAsAltered({Retry("r", "spring", 1, "", true)}));
  EXPECT_EQ(scenario_.Product(1).state(), v1::MAPPING_STATE_PENDING);
  EXPECT_EQ(scenario_.Product(1).duplicate_remote_ids_size(), 0);
  Play(&scenario_, {Created("spring", 1, "9")});
  EXPECT_EQ(scenario_.States("spring"), "CREATED");
}

TEST_F(ParkedTest, AnItemWithoutSkuKeepsItsProduct) {
  Play(&scenario_, ParkedAsUnknown({Retry("r", "spring", 1, "", true)}));
  EXPECT_EQ(scenario_.Item("spring", 1).product_id(), 1u);
  Play(&scenario_, {Created("spring", 1, "9")});
  EXPECT_EQ(scenario_.States("spring"), "CREATED");
}

TEST_F(ParkedTest, AnExternalIdGoesWithTheLineToItsNewProduct) {
  Play(&scenario_, ParkedAsAltered({Retry("r", "spring", 1, "sku: 'B'")}));
  EXPECT_EQ(scenario_.Item("spring", 1).product_id(), 2u);
  EXPECT_EQ(scenario_.Product(1).external_id(), "");
  EXPECT_EQ(scenario_.Product(1).state(), v1::MAPPING_STATE_DUPLICATE);
  EXPECT_EQ(scenario_.Product(2).external_id(), "x");
  Play(&scenario_, {Created("spring", 1, "9")});
  EXPECT_EQ(scenario_.Product(2).remote_id(), "9");
}

TEST_F(ParkedTest, APatchedSkuOfAMappedProductUpdatesIt) {
  Play(&scenario_, {Imported("winter", {Line("sku: 'B' selling_price: '5'")}),
                    Created("winter", 1, "9"),
                    Imported("spring", {Line("sku: 'A' selling_price: '6'")}),
                    Settle("items { item { import_id: 'spring' line: 1 "
                           "product_id: 2 } state: ITEM_STATE_PARKED reason: "
                           "ERROR_REASON_EXISTS_REMOTELY }"),
                    Retry("r", "spring", 1, "sku: 'B'")});
  EXPECT_EQ(scenario_.Item("spring", 1).product_id(), 1u);
  EXPECT_EQ(scenario_.States("spring"), "QUEUED");
  EXPECT_EQ(scenario_.Product(1).open_items(), 1u);
}

TEST_F(ParkedTest, APatchThatAsksForWhatIsHeldIsUnchanged) {
  Play(&scenario_,
       {Imported("winter", {Line("sku: 'B' selling_price: '5'")}),
        Created("winter", 1, "9"),
        Imported("spring", {Line("sku: 'A' selling_price: '5'", "x")}),
        Settle("items { item { import_id: 'spring' line: 1 product_id: 2 } "
               "state: ITEM_STATE_PARKED reason: "
               "ERROR_REASON_EXISTS_REMOTELY }"),
        Retry("r", "spring", 1, "sku: 'B'")});
  EXPECT_EQ(scenario_.States("spring"), "UNCHANGED");
  EXPECT_EQ(scenario_.Product(1).external_id(), "x");
}

TEST_F(ParkedTest, ALineOfAMappedProductIsParkedAndRetried) {
  Play(&scenario_, {Imported("winter", {Line("sku: 'A' selling_price: '5'")}),
                    Created("winter", 1, "9"),
                    Imported("spring", {Line("sku: 'A' selling_price: '6'")}),
                    ClaimForUpdate("product_id: 1 remote_id: '9' "
                                   "fields { selling_price: '6' } "
                                   "items { import_id: 'spring' line: 1 }")});
  const std::string intent = std::to_string(scenario_.head());
  Play(&scenario_, {AnswerUpdate("product_id: 1 intent: " + intent +
                                 " answer: ANSWER_UNKNOWN "
                                 "state: UPDATE_STATE_PARKED "
                                 "reason: ERROR_REASON_PROVIDER_FAILS")});
  EXPECT_EQ(scenario_.States("spring"), "PARKED");
  Play(&scenario_, {Retry("r", "spring", 1)});
  EXPECT_EQ(scenario_.States("spring"), "QUEUED");
  EXPECT_EQ(scenario_.Product(1).item_turns_size(), 1);
}

// Updates of a product.
class ParkedUpdateTest : public ParkedTest {
 protected:
  // Product A is record 9 at price 5; update `u` to price 6 is parked.
  void ParkUpdate(const std::string& fields = "selling_price: '6'") {
    Play(&scenario_, {Imported("winter", {Line("sku: 'A' selling_price: '5'")}),
                      Created("winter", 1, "9"), Update("u", "A", fields)});
    Answer(scenario_.head(), fields,
           "state: UPDATE_STATE_PARKED reason: "
           "ERROR_REASON_PROVIDER_FAILS");
    ASSERT_EQ(scenario_.UpdateOf("u").state(), v1::UPDATE_STATE_PARKED);
  }
  // The update at `position` is claimed and answered.
  void Answer(uint64_t position, const std::string& fields,
              const std::string& answer) {
    Play(&scenario_,
         {ClaimForUpdate("product_id: 1 remote_id: '9' fields { " + fields +
                         " } updates: " + std::to_string(position))});
    Play(&scenario_, {AnswerUpdate("product_id: 1 intent: " +
                                   std::to_string(scenario_.head()) +
                                   " answer: ANSWER_CONFIRMED " + answer)});
  }
  std::string Pending() const {
    const tables::v1::ProductRow product = scenario_.Product(1);
    std::string all;
    for (const uint64_t update : product.pending_updates()) {
      all += scenario_.Update(update).request_id() + " ";
    }
    return all;
  }
};

TEST_F(ParkedUpdateTest, ARetriedUpdateTakesItsPlaceAmongThoseThatWait) {
  ParkUpdate();
  Play(&scenario_,
       {Update("v", "A", "selling_price: '7'"), RetryUpdate("r", "u")});
  EXPECT_EQ(Pending(), "u v ");
  // What was refused once is not sent together with others.
  EXPECT_EQ(scenario_.Product(1).single_updates(), 1u);
  EXPECT_EQ(scenario_.UpdateOf("u").state(), v1::UPDATE_STATE_RECORDED);
}

TEST_F(ParkedUpdateTest, ARetriedUpdateWaitsForTheRequestThatIsUnderWay) {
  ParkUpdate();
  Play(&scenario_, {Update("v", "A", "selling_price: '7'")});
  const std::string v = std::to_string(scenario_.head());
  Play(&scenario_, {ClaimForUpdate("product_id: 1 remote_id: '9' fields { "
                                   "selling_price: '7' } updates: " +
                                   v)});
  const std::string intent = std::to_string(scenario_.head());
  Play(&scenario_,
       {RetryUpdate("r", "u"),
        AnswerUpdate("product_id: 1 intent: " + intent +
                     " answer: ANSWER_CONFIRMED state: UPDATE_STATE_APPLIED")});
  EXPECT_EQ(Pending(), "u ");
}

TEST_F(ParkedUpdateTest, WhatANewerUpdateSetMeanwhileStays) {
  ParkUpdate("selling_price: '6' name_en: 'n'");
  Play(&scenario_, {Update("v", "A", "selling_price: '7'")});
  Answer(scenario_.head(), "selling_price: '7'", "state: UPDATE_STATE_APPLIED");
  Play(&scenario_, {RetryUpdate("r", "u")});
  const tables::v1::UpdateRow row = scenario_.UpdateOf("u");
  EXPECT_FALSE(row.fields().has_selling_price());
  EXPECT_EQ(row.fields().name_en(), "n");
}

TEST_F(ParkedUpdateTest, AnUpdateOfWhichNothingIsLeftIsUnchanged) {
  ParkUpdate();
  Play(&scenario_, {Update("v", "A", "selling_price: '7'")});
  Answer(scenario_.head(), "selling_price: '7'", "state: UPDATE_STATE_APPLIED");
  Play(&scenario_, {RetryUpdate("r", "u")});
  EXPECT_EQ(scenario_.UpdateOf("u").state(), v1::UPDATE_STATE_UNCHANGED);
  EXPECT_EQ(Pending(), "");
}

TEST_F(ParkedUpdateTest, APatchedUpdateReservesItsSku) {
  ParkUpdate();
  Play(&scenario_, {RetryUpdate("r", "u", "sku: 'B'")});
  EXPECT_EQ(scenario_.ProductOfSku("B"), 1u);
  EXPECT_EQ(scenario_.UpdateOf("u").fields().selling_price(), "6");
}

TEST_F(ParkedUpdateTest, ASkuThatIsTakenIsRefused) {
  ParkUpdate();
  Play(&scenario_, {Imported("more", {Line("sku: 'B'")})});
  EXPECT_EQ(GetReason(RetryUpdate("r", "u", "sku: 'B'")(scenario_)),
            v1::ERROR_REASON_SKU_IN_USE);
}

TEST_F(ParkedUpdateTest, ADiscardedUpdateIsCancelled) {
  ParkUpdate();
  Play(&scenario_, {DiscardUpdate("r", "u")});
  EXPECT_EQ(scenario_.UpdateOf("u").state(), v1::UPDATE_STATE_CANCELLED);
  EXPECT_EQ(scenario_.UpdateOf("u").reason(), v1::ERROR_REASON_DISCARDED);
  EXPECT_EQ(GetReason(RetryUpdate("r2", "u")(scenario_)),
            v1::ERROR_REASON_NOT_PARKED);
}

}  // namespace
}  // namespace qantara::domain
