#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Drift: what somebody changed at the provider, and nothing else.
class DecideDriftTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideDriftTest, Decides) { RunCase(GetParam()); }

const char kLine[] = "sku: 'A' name_en: 'Mug' selling_price: '25.00'";
const char kAsIs[] =
    "id: '7' sku: 'A' name_en: 'Mug' selling_price: '25.0' buying_price: '9'";
const char kDearer[] = "id: '7' sku: 'A' name_en: 'Mug' selling_price: '30'";

// Product 1 is created as record 7, by the events up to 5.
std::vector<Step> Mapped(std::vector<Step> then = {}) {
  std::vector<Step> steps = {Imported("i", {Line(kLine)}),
                             Created("i", 1, "7")};
  steps.insert(steps.end(), then.begin(), then.end());
  return steps;
}

std::string Drifted(int position, const std::string& fields) {
  return "products_drifted { observe_time { seconds: " +
         std::to_string(1790000000 + position - 1) +
         " } products { product_id: 1 remote_id: '7' previous_position: " +
         std::to_string(position - 1) + " " + fields + " } }";
}

const char kPrice[] =
    "fields { field: 'selling_price' ours: '25.00' acknowledged: '25.00' "
    "theirs: '30' }";

// Update of product 1, recorded at 6 and claimed at 7.
const Step kUpdate = Update("r1", "A", "selling_price: '26'");
const Step kClaim = ClaimForUpdate(
    "product_id: 1 remote_id: '7' updates: 6 fields { selling_price: '26' }");
const Step kApplied = AnswerUpdate(
    "product_id: 1 intent: 7 answer: ANSWER_CONFIRMED "
    "state: UPDATE_STATE_APPLIED remote { id: '7' sku: 'A' name_en: 'Mug' "
    "selling_price: '26' update_time { seconds: 1000 } }");

const DecideCase kCompared[] = {
    {"WhatIsAsItWasIsNoEvent", Mapped(), ObserveDrift({kAsIs}), {}},
    {"AnotherPriceIsDrift",
     Mapped(),
     ObserveDrift({kDearer}),
     {Drifted(6, kPrice)}},
    {"AnotherSkuIsDrift",
     Mapped(),
     ObserveDrift({"id: '7' sku: 'B'"}),
     {Drifted(6,
              "fields { field: 'sku' ours: 'A' acknowledged: 'A' theirs: 'B' "
              "}")}},
    {"WhatIsNotToldIsNoDrift", Mapped(), ObserveDrift({"id: '7'"}), {}},
    {"WhatWasNeverAcknowledgedIsNoDrift",
     Mapped(),
     ObserveDrift({"id: '7' sku: 'A' barcode: '12'"}),
     {}},
    {"TheSameDriftIsToldOnce",
     Mapped({ObserveDrift({kDearer})}),
     ObserveDrift({kDearer}),
     {}},
    {"MoreDriftTellsEveryField",
     Mapped({ObserveDrift({kDearer})}),
     ObserveDrift({"id: '7' selling_price: '30' name_en: 'Cup'"}),
     {Drifted(7,
              "fields { field: 'name_en' ours: 'Mug' acknowledged: 'Mug' "
              "theirs: 'Cup' } " +
                  std::string(kPrice))}},
    {"DriftThatIsTakenBackIsToldToo",
     Mapped({ObserveDrift({kDearer})}),
     ObserveDrift({kAsIs}),
     {Drifted(7, "")}},
    {"OfAProductReadTwiceTheLastReadingCounts",
     Mapped(),
     ObserveDrift({kDearer, kAsIs}),
     {}},
    {"ARecordThatIsNotMappedHasNoDrift",
     Mapped(),
     ObserveDrift({"id: '8' sku: 'A' selling_price: '30'"}),
     {}},
};
INSTANTIATE_TEST_SUITE_P(Compared, DecideDriftTest,
                         ::testing::ValuesIn(kCompared), NameOfCase);

const DecideCase kRaces[] = {
    {"WhileAnUpdateWaitsNothingIsSaid",
     Mapped({kUpdate}),
     ObserveDrift({kDearer}),
     {}},
    {"WhileAnUpdateIsUnderWayNothingIsSaid",
     Mapped({kUpdate, kClaim}),
     ObserveDrift({"id: '7' selling_price: '26'"}),
     {}},
    {"WhileALineWaitsNothingIsSaid",
     Mapped({Imported("j", {Line("sku: 'A' selling_price: '26'")})}),
     ObserveDrift({kDearer}),
     {}},
    {"APageThatWasAskedForBeforeAnAnswerSaysNothing",
     Mapped({kUpdate, kClaim, kApplied}),
     ObserveDrift({kAsIs}, 7),
     {}},
    {"APageThatWasAskedForAfterAnAnswerCounts",
     Mapped({kUpdate, kClaim, kApplied}),
     ObserveDrift({kDearer}, 8),
     {Drifted(9,
              "fields { field: 'selling_price' ours: '26' "
              "acknowledged: '26' theirs: '30' }")}},
    {"ARecordThatIsOlderThanTheAcknowledgedOneSaysNothing",
     Mapped({kUpdate, kClaim, kApplied}),
     ObserveDrift(
         {"id: '7' selling_price: '25.00' update_time { seconds: 999 }"}),
     {}},
    {"ARecordOfTheSameTimeCounts",
     Mapped({kUpdate, kClaim, kApplied}),
     ObserveDrift(
         {"id: '7' selling_price: '27' update_time { seconds: 1000 }"}),
     {Drifted(9,
              "fields { field: 'selling_price' ours: '26' "
              "acknowledged: '26' theirs: '27' }")}},
};
INSTANTIATE_TEST_SUITE_P(Races, DecideDriftTest, ::testing::ValuesIn(kRaces),
                         NameOfCase);

Scenario After(const std::vector<Step>& steps) {
  Scenario scenario;
  for (const Step& step : steps) EXPECT_TRUE(step(scenario).ok());
  return scenario;
}

TEST(DriftTest, IsShownWithoutARevision) {
  const Scenario before = After(Mapped());
  const Scenario after = After(Mapped({ObserveDrift({kDearer})}));
  ASSERT_EQ(after.Product(1).drift_size(), 1);
  EXPECT_EQ(after.Product(1).drift(0).theirs(), "30");
  EXPECT_EQ(after.Product(1).revision(), before.Product(1).revision());
  EXPECT_EQ(after.Product(1).last_position(), 6u);
}

TEST(DriftTest, AnAcknowledgedWriteTakesItAway) {
  Scenario scenario = After(Mapped({ObserveDrift({kDearer}), kUpdate}));
  ASSERT_EQ(scenario.Product(1).drift_size(), 1);
  ASSERT_TRUE(ClaimForUpdate("product_id: 1 remote_id: '7' updates: 7 "
                             "fields { selling_price: '26' }")(scenario)
                  .ok());
  ASSERT_EQ(scenario.Product(1).drift_size(), 1);
  ASSERT_TRUE(AnswerUpdate("product_id: 1 intent: 8 answer: ANSWER_CONFIRMED "
                           "state: UPDATE_STATE_APPLIED remote { id: '7' "
                           "sku: 'A' selling_price: '26' }")(scenario)
                  .ok());
  EXPECT_EQ(scenario.Product(1).drift_size(), 0);
  EXPECT_EQ(scenario.CheckLog(), std::vector<std::string>());
}

TEST(DriftTest, ARefusedWriteLeavesIt) {
  Scenario scenario = After(Mapped({ObserveDrift({kDearer}), kUpdate}));
  ASSERT_TRUE(ClaimForUpdate("product_id: 1 remote_id: '7' updates: 7 "
                             "fields { selling_price: '26' }")(scenario)
                  .ok());
  ASSERT_TRUE(AnswerUpdate("product_id: 1 intent: 8 answer: ANSWER_REFUSED "
                           "state: UPDATE_STATE_REJECTED")(scenario)
                  .ok());
  EXPECT_EQ(scenario.Product(1).drift_size(), 1);
}

TEST(DriftTest, EndsWithTheMapping) {
  Scenario scenario = After(Mapped({ObserveDrift({kDearer}), kUpdate}));
  ASSERT_TRUE(ClaimForUpdate("product_id: 1 remote_id: '7' updates: 7 "
                             "fields { selling_price: '26' }")(scenario)
                  .ok());
  ASSERT_TRUE(AnswerUpdate("product_id: 1 intent: 8 answer: ANSWER_NOT_APPLIED "
                           "gone: true state: UPDATE_STATE_REJECTED")(scenario)
                  .ok());
  EXPECT_EQ(scenario.Product(1).drift_size(), 0);
  ASSERT_TRUE(ObserveDrift({kDearer})(scenario).ok());
  EXPECT_TRUE(scenario.last().empty());
  EXPECT_EQ(scenario.CheckLog(), std::vector<std::string>());
}

TEST(DriftTest, WhatDriftedCanBeAskedForAgain) {
  Scenario scenario = After(Mapped({ObserveDrift({kDearer})}));
  ASSERT_TRUE(Update("r1", "A", "name_en: 'Mug'")(scenario).ok());
  EXPECT_EQ(scenario.UpdateOf("r1").state(), v1::UPDATE_STATE_UNCHANGED);
  ASSERT_TRUE(Update("r2", "A", "selling_price: '25'")(scenario).ok());
  EXPECT_EQ(scenario.UpdateOf("r2").state(), v1::UPDATE_STATE_RECORDED);
}

TEST(DriftTest, ALineAsksForWhatDriftedAgain) {
  Scenario scenario = After(Mapped());
  ASSERT_TRUE(Imported("j", {Line(kLine)})(scenario).ok());
  EXPECT_EQ(scenario.States("j"), "UNCHANGED");
  ASSERT_TRUE(ObserveDrift({"id: '7' selling_price: '30'"})(scenario).ok());
  ASSERT_TRUE(Imported("k", {Line("sku: 'A' name_en: 'Mug'")})(scenario).ok());
  EXPECT_EQ(scenario.States("k"), "UNCHANGED");
  ASSERT_TRUE(Imported("l", {Line(kLine)})(scenario).ok());
  EXPECT_EQ(scenario.States("l"), "QUEUED");
}

// A record that was linked is left as it is, whoever changes it.
TEST(DriftTest, ALinkedLineIsNotSentBecauseOfDrift) {
  Scenario scenario = After({Imported("i", {Line(kLine)})});
  ASSERT_TRUE(
      Settle(
          "items { item { import_id: 'i' line: 1 product_id: 1 } "
          "state: ITEM_STATE_LINKED remote { id: '7' sku: 'A' "
          "selling_price: '20' } desired { sku: 'A' selling_price: '20' } }")(
          scenario)
          .ok());
  ASSERT_TRUE(ObserveDrift({"id: '7' selling_price: '30'"})(scenario).ok());
  ASSERT_EQ(scenario.Product(1).drift_size(), 1);
  ASSERT_TRUE(Imported("j", {Line(kLine)})(scenario).ok());
  EXPECT_EQ(scenario.States("j"), "UNCHANGED");
}

}  // namespace
}  // namespace qantara::domain
