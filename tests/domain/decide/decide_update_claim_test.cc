#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Updating requests: claimed, answered, settled.
class DecideUpdateClaimTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideUpdateClaimTest, Decides) { RunCase(GetParam()); }

// Product A at price 5, record 7, then an update to 6; positions 1 to 6.
std::vector<Step> WithUpdate(std::vector<Step> more = {}) {
  std::vector<Step> steps = {
      Imported("spring", {Line("sku: 'A' selling_price: '5'")}),
      Created("spring", 1, "7"), Update("u", "A", "selling_price: '6'")};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

// Product A at price 5, record 7, then a line with price 6 and another one of
// product B that waits; positions 1 to 7.
std::vector<Step> WithItem(std::vector<Step> more = {}) {
  std::vector<Step> steps = {
      Imported("spring", {Line("sku: 'A' selling_price: '5'")}),
      Created("spring", 1, "7"), Open("autumn"),
      Accept("autumn",
             {Line("sku: 'A' selling_price: '6'"), Line("sku: 'B'")})};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const char kIntent[] = R"pb(product_id: 1
                            remote_id: "7"
                            fields { selling_price: "6" }
                            updates: 6)pb";

const char kItemIntent[] = R"pb(product_id: 1
                                remote_id: "7"
                                fields { selling_price: "6" }
                                items { import_id: "autumn" line: 1 })pb";

DecideCase NotAnyMore(const std::string& name, std::vector<Step> given,
                      Step when) {
  return {
      name, std::move(given), std::move(when), {}, absl::StatusCode::kAborted};
}

const DecideCase kClaims[] = {
    {"TheWaitingUpdatesAreClaimed",
     WithUpdate(),
     ClaimForUpdate(kIntent),
     {R"pb(update_intended {
             product_id: 1
             remote_id: "7"
             fields { selling_price: "6" }
             updates: 6
             previous_position: 6
           })pb"}},
    {"AWaitingLineIsClaimed",
     WithItem(),
     ClaimForUpdate(kItemIntent),
     {R"pb(update_intended {
             product_id: 1
             remote_id: "7"
             fields { selling_price: "6" }
             items {
               import_id: "autumn"
               line: 1
               product_id: 1
               previous_position: 7
             }
             previous_position: 7
           })pb"}},
    NotAnyMore("AChangedProductIsNotClaimed",
               WithUpdate({Update("u2", "A", "selling_price: '7'")}),
               ClaimForUpdate(kIntent, 4)),
    NotAnyMore("AProductWithAnOpenIntentIsNotClaimed",
               WithUpdate({ClaimForUpdate(kIntent)}), ClaimForUpdate(kIntent)),
    NotAnyMore(
        "AProductOfUnknownOutcomeIsNotClaimed",
        WithUpdate({ClaimForUpdate(kIntent),
                    AnswerUpdate(R"pb(product_id: 1
                                      intent: 7
                                      answer: ANSWER_UNKNOWN
                                      state: UPDATE_STATE_UNKNOWN)pb")}),
        ClaimForUpdate(kIntent)),
    NotAnyMore("AnotherRecordIsNotClaimed", WithUpdate(),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "8"
                                   fields { selling_price: "6" }
                                   updates: 6)pb")),
    NotAnyMore("UpdatesThatDoNotWaitAreNotClaimed", WithUpdate(),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "7"
                                   fields { selling_price: "6" }
                                   updates: [ 6, 7 ])pb")),
    NotAnyMore("UpdatesOutOfOrderAreNotClaimed",
               WithUpdate({Update("u2", "A", "selling_price: '7'")}),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "7"
                                   fields { selling_price: "7" }
                                   updates: 7)pb")),
    NotAnyMore("NothingIsNotClaimed", WithUpdate(),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "7"
                                   fields { selling_price: "6" })pb")),
    NotAnyMore("AnUnmappedProductIsNotClaimed",
               {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
               ClaimForUpdate(R"pb(product_id: 1
                                   items { import_id: "spring" line: 1 })pb")),
    NotAnyMore("ALineThatIsDoneIsNotClaimed", WithItem(),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "7"
                                   fields { selling_price: "6" }
                                   items { import_id: "spring" line: 1 })pb")),
    NotAnyMore("ALineOfAnotherProductIsNotClaimed", WithItem(),
               ClaimForUpdate(R"pb(product_id: 1
                                   remote_id: "7"
                                   fields { selling_price: "6" }
                                   items { import_id: "autumn" line: 2 })pb")),
};
INSTANTIATE_TEST_SUITE_P(Claims, DecideUpdateClaimTest,
                         ::testing::ValuesIn(kClaims), NameOfCase);

const char kApplied[] = R"pb(product_id: 1
                             intent: 7
                             answer: ANSWER_CONFIRMED
                             state: UPDATE_STATE_APPLIED
                             remote { id: "7" selling_price: "6" })pb";
const char kUnknown[] = R"pb(product_id: 1
                             intent: 7
                             answer: ANSWER_UNKNOWN
                             state: UPDATE_STATE_UNKNOWN)pb";

const DecideCase kAnswers[] = {
    {"AnAnswerIsRecorded",
     WithUpdate({ClaimForUpdate(kIntent)}),
     AnswerUpdate(kApplied),
     {R"pb(update_answered {
             product_id: 1
             intent: 7
             answer: ANSWER_CONFIRMED
             state: UPDATE_STATE_APPLIED
             remote { id: "7" selling_price: "6" }
             previous_position: 7
           })pb"}},
    {"AnUnknownOutcomeIsSettledLater",
     WithUpdate({ClaimForUpdate(kIntent), AnswerUpdate(kUnknown)}),
     AnswerUpdate(kApplied),
     {R"pb(update_answered {
             product_id: 1
             intent: 7
             answer: ANSWER_CONFIRMED
             state: UPDATE_STATE_APPLIED
             remote { id: "7" selling_price: "6" }
             previous_position: 8
           })pb"}},
    {"TheLifeOfTheProductGoesOnBehindWhatCameMeanwhile",
     WithUpdate(
         {ClaimForUpdate(kIntent), Update("u2", "A", "selling_price: '7'")}),
     AnswerUpdate(kUnknown),
     {R"pb(update_answered {
             product_id: 1
             intent: 7
             answer: ANSWER_UNKNOWN
             state: UPDATE_STATE_UNKNOWN
             previous_position: 8
           })pb"}},
    {"UnknownTwiceChangesNothing",
     WithUpdate({ClaimForUpdate(kIntent), AnswerUpdate(kUnknown)}),
     AnswerUpdate(kUnknown),
     {}},
    NotAnyMore("ASettledIntentTakesNoAnswer",
               WithUpdate({ClaimForUpdate(kIntent), AnswerUpdate(kApplied)}),
               AnswerUpdate(kApplied)),
    NotAnyMore("AnIntentOfAnotherProductTakesNoAnswer",
               WithUpdate({ClaimForUpdate(kIntent)}),
               AnswerUpdate(R"pb(product_id: 2
                                 intent: 7
                                 state: UPDATE_STATE_APPLIED)pb")),
    NotAnyMore("APositionThatIsNoIntentTakesNoAnswer", WithUpdate(),
               AnswerUpdate(kApplied)),
    NotAnyMore("ACreatingIntentTakesNoUpdatesAnswer",
               {Open("spring"), Accept("spring", {Line("sku: 'A'")}),
                ClaimForCreate("items { import_id: 'spring' line: 1 }")},
               AnswerUpdate(R"pb(product_id: 1
                                 intent: 3
                                 state: UPDATE_STATE_APPLIED)pb")),
};
INSTANTIATE_TEST_SUITE_P(Answers, DecideUpdateClaimTest,
                         ::testing::ValuesIn(kAnswers), NameOfCase);

}  // namespace
}  // namespace qantara::domain
