#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Creating requests: claimed, answered, settled.
class DecideCreateTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideCreateTest, Decides) { RunCase(GetParam()); }

// Lines A and B wait; positions 1 and 2.
std::vector<Step> WithAAndB(std::vector<Step> more = {}) {
  std::vector<Step> steps = {Open("s"),
                             Accept("s", {Line("sku: 'A'"), Line("sku: 'B'")})};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const char kA[] = "items { import_id: 's' line: 1 }";
const char kBoth[] =
    "items { import_id: 's' line: 1 } items { import_id: 's' line: 2 }";

DecideCase NotAnyMore(const std::string& name, std::vector<Step> given,
                      Step when) {
  return {
      name, std::move(given), std::move(when), {}, absl::StatusCode::kAborted};
}

const DecideCase kClaims[] = {
    {"WaitingItemsAreClaimed",
     WithAAndB(),
     ClaimForCreate(std::string(kBoth) + "watermark: '41' suspect_group: 9"),
     {R"pb(create_intended {
             items { import_id: "s" line: 1 product_id: 1 previous_position: 2 }
             items { import_id: "s" line: 2 product_id: 2 previous_position: 2 }
             watermark: "41"
             suspect_group: 9
           })pb"}},
    NotAnyMore("AnEmptyClaimIsNone", WithAAndB(), ClaimForCreate("")),
    NotAnyMore("AnItemInFlightIsNotClaimed", WithAAndB({ClaimForCreate(kA)}),
               ClaimForCreate(kA)),
    NotAnyMore("AnItemOfUnknownOutcomeIsNotClaimed",
               WithAAndB({ClaimForCreate(kA),
                          AnswerCreate(R"pb(intent: 3
                                            answer: ANSWER_UNKNOWN
                                            items {
                                              item { import_id: "s" line: 1 }
                                              state: ITEM_STATE_UNKNOWN
                                            })pb")}),
               ClaimForCreate(kA)),
    NotAnyMore("ACreatedItemIsNotClaimed", WithAAndB({Created("s", 1, "7")}),
               ClaimForCreate(kA)),
    NotAnyMore("OneItemThatIsNotSoRefusesAll",
               WithAAndB({Created("s", 1, "7")}), ClaimForCreate(kBoth)),
    NotAnyMore("ABlockedItemIsNotClaimed",
               WithAAndB({Settle(R"pb(items {
                                        item { import_id: "s" line: 1 }
                                        state: ITEM_STATE_BLOCKED
                                      })pb")}),
               ClaimForCreate(kA)),
    NotAnyMore("AnotherItemOfAProductInFlightIsNotClaimed",
               WithAAndB({Open("t"), Accept("t", {Line("sku: 'A'")}),
                          ClaimForCreate(kA)}),
               ClaimForCreate("items { import_id: 't' line: 1 }")),
    NotAnyMore("AnItemOfAMappedProductIsNotClaimed",
               WithAAndB({Open("t"), Accept("t", {Line("sku: 'A'")}),
                          Created("s", 1, "7")}),
               ClaimForCreate("items { import_id: 't' line: 1 }")),
    NotAnyMore(
        "AProductStandsOnceInARequest",
        WithAAndB({Open("t"), Accept("t", {Line("sku: 'A'")})}),
        ClaimForCreate(std::string(kA) + "items { import_id: 't' line: 1 }")),
    NotAnyMore("AnItemStandsOnceInARequest", WithAAndB(),
               ClaimForCreate(std::string(kA) + kA)),
    NotAnyMore("AProductThatExistsTwiceIsNotClaimed",
               WithAAndB({Open("t"), Accept("t", {Line("sku: 'A'")}),
                          Settle(R"pb(items {
                                        item { import_id: "s" line: 1 }
                                        state: ITEM_STATE_PARKED
                                        duplicate_remote_ids: [ "7", "8" ]
                                      })pb")}),
               ClaimForCreate("items { import_id: 't' line: 1 }")),
};
INSTANTIATE_TEST_SUITE_P(Claims, DecideCreateTest, ::testing::ValuesIn(kClaims),
                         NameOfCase);

std::string Outcome(int line, const std::string& rest) {
  return "items { item { import_id: 's' line: " + std::to_string(line) + " } " +
         rest + " } ";
}

// An outcome as it stands in the event.
std::string Kept(int line, int previous, const std::string& rest) {
  const std::string number = std::to_string(line);
  return "items { item { import_id: 's' line: " + number +
         " product_id: " + number +
         " previous_position: " + std::to_string(previous) + " } " + rest +
         " } ";
}

const char kCreated7[] = R"pb(state: ITEM_STATE_CREATED
                              remote { id: "7" sku: "A" }
                              desired { sku: "A" })pb";
const char kUnknown[] = "state: ITEM_STATE_UNKNOWN";

// The outcome of an item whose record belongs to another product.
const char kTaken[] = R"pb(state: ITEM_STATE_PARKED
                           reason: ERROR_REASON_SKU_IN_USE
                           problems { reason: ERROR_REASON_SKU_IN_USE })pb";

const DecideCase kAnswers[] = {
    {"EachItemGetsItsOutcome",
     WithAAndB({ClaimForCreate(kBoth)}),
     AnswerCreate("intent: 3 answer: ANSWER_CONFIRMED http_status: 200 " +
                  Outcome(1, kCreated7) + Outcome(2, kUnknown)),
     {"create_answered { intent: 3 answer: ANSWER_CONFIRMED http_status: 200 " +
      Kept(1, 3, kCreated7) + Kept(2, 3, kUnknown) + "}"}},
    {"TheLifeOfAProductGoesOnBehindWhatCameMeanwhile",
     WithAAndB(
         {ClaimForCreate(kA), Open("t"), Accept("t", {Line("sku: 'A'")})}),
     AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " + Outcome(1, kUnknown)),
     {"create_answered { intent: 3 answer: ANSWER_UNKNOWN " +
      Kept(1, 5, kUnknown) + "}"}},
    NotAnyMore("ASecondAnswerIsRefused",
               WithAAndB({ClaimForCreate(kA),
                          AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                                       Outcome(1, kUnknown))}),
               AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                            Outcome(1, kUnknown))),
    NotAnyMore("AnAnswerOfASettledIntentIsRefused",
               WithAAndB({Created("s", 1, "7")}),
               AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                            Outcome(1, kUnknown))),
    NotAnyMore("AnAnswerForFewerItemsIsRefused",
               WithAAndB({ClaimForCreate(kBoth)}),
               AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                            Outcome(1, kUnknown))),
    NotAnyMore("AnAnswerForOtherItemsIsRefused",
               WithAAndB({ClaimForCreate(kA)}),
               AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                            Outcome(2, kUnknown))),
    {"ARecordOfAnotherProductParksTheItem",
     WithAAndB({Created("s", 1, "7"),
                ClaimForCreate("items { import_id: 's' line: 2 }")}),
     AnswerCreate("intent: 5 answer: ANSWER_CONFIRMED " +
                  Outcome(2, R"pb(state: ITEM_STATE_CREATED
                                  remote { id: "7" sku: "B" }
                                  desired { sku: "B" })pb")),
     {"create_answered { intent: 5 answer: ANSWER_CONFIRMED " +
      Kept(2, 5, kTaken) + "}"}},
    {"ARecordForTwoItemsOfAnAnswerIsTheFirstOnes",
     WithAAndB({ClaimForCreate(kBoth)}),
     AnswerCreate("intent: 3 answer: ANSWER_CONFIRMED " +
                  Outcome(1, kCreated7) +
                  Outcome(2, R"pb(state: ITEM_STATE_CREATED
                                  remote { id: "7" sku: "B" }
                                  desired { sku: "B" })pb")),
     {"create_answered { intent: 3 answer: ANSWER_CONFIRMED " +
      Kept(1, 3, kCreated7) + Kept(2, 3, kTaken) + "}"}},
};
INSTANTIATE_TEST_SUITE_P(Answers, DecideCreateTest,
                         ::testing::ValuesIn(kAnswers), NameOfCase);

const char kLinked7[] = R"pb(state: ITEM_STATE_LINKED
                             remote { id: "7" sku: "A" }
                             desired { sku: "A" })pb";

// Both items are unknown since position 4; the intent is position 3.
std::vector<Step> BothUnknown(std::vector<Step> more = {}) {
  std::vector<Step> steps =
      WithAAndB({ClaimForCreate(kBoth),
                 AnswerCreate("intent: 3 answer: ANSWER_UNKNOWN " +
                              Outcome(1, kUnknown) + Outcome(2, kUnknown))});
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const DecideCase kSettle[] = {
    {"AWaitingItemIsSettledWithoutRequest",
     WithAAndB(),
     Settle(Outcome(1, kLinked7)),
     {"items_settled { " + Kept(1, 2, kLinked7) + "}"}},
    {"NoOutcomeChangesNothing", WithAAndB(), Settle(""), {}},
    {"AnItemThatIsDoneIsLeftOut",
     WithAAndB({Created("s", 1, "7")}),
     Settle(Outcome(1, kLinked7) + Outcome(2, "state: ITEM_STATE_BLOCKED")),
     {"items_settled { " + Kept(2, 2, "state: ITEM_STATE_BLOCKED") + "}"}},
    {"OnlyItemsThatAreDoneChangeNothing",
     WithAAndB({Created("s", 1, "7")}),
     Settle(Outcome(1, kLinked7)),
     {}},
    {"AnItemInFlightIsLeftOut",
     WithAAndB({ClaimForCreate(kA)}),
     Settle(Outcome(1, kLinked7)),
     {}},
    {"AnItemBehindAnotherInFlightIsLeftOut",
     WithAAndB(
         {Open("t"), Accept("t", {Line("sku: 'A'")}), ClaimForCreate(kA)}),
     Settle(R"pb(items {
                   item { import_id: "t" line: 1 }
                   state: ITEM_STATE_UNCHANGED
                 })pb"),
     {}},
    {"WhatWasFoundUnderTheSkuOfAMappedProductIsLeftOut",
     WithAAndB(
         {Open("t"), Accept("t", {Line("sku: 'A'")}), Created("s", 1, "7")}),
     Settle(R"pb(items {
                   item { import_id: "t" line: 1 }
                   state: ITEM_STATE_PARKED
                   duplicate_remote_ids: [ "7", "8" ]
                 })pb"),
     {}},
    {"AProductIsSettledOnceAtATime",
     WithAAndB({Open("t"), Accept("t", {Line("sku: 'A'")})}),
     Settle(Outcome(1, kLinked7) + R"pb(items {
                                          item { import_id: "t" line: 1 }
                                          state: ITEM_STATE_UNCHANGED
                                        })pb"),
     {"items_settled { " + Kept(1, 4, kLinked7) + "}"}},
    {"AnUnknownItemIsSettledByReadingBack",
     BothUnknown(),
     Settle("intent: 3 " + Outcome(1, kCreated7) +
            Outcome(2, "state: ITEM_STATE_QUEUED")),
     {"items_settled { intent: 3 " + Kept(1, 4, kCreated7) +
      Kept(2, 4, "state: ITEM_STATE_QUEUED") + "}"}},
    {"WhatWasSettledBeforeIsLeftOut",
     BothUnknown({Settle("intent: 3 " + Outcome(1, kCreated7))}),
     Settle("intent: 3 " + Outcome(1, kCreated7) +
            Outcome(2, "state: ITEM_STATE_QUEUED")),
     {"items_settled { intent: 3 " + Kept(2, 4, "state: ITEM_STATE_QUEUED") +
      "}"}},
    {"AnUnknownItemIsNotSettledByALook",
     BothUnknown(),
     Settle(Outcome(1, kLinked7)),
     {}},
    {"AnItemInFlightIsNotSettledByReadingBack",
     WithAAndB({ClaimForCreate(kA)}),
     Settle("intent: 3 " + Outcome(1, kCreated7)),
     {}},
    {"ARecordOfAnotherProductParksTheSettledItem",
     WithAAndB({Created("s", 1, "7")}),
     Settle(Outcome(2, R"pb(state: ITEM_STATE_LINKED
                            remote { id: "7" sku: "B" })pb")),
     {"items_settled { " + Kept(2, 2, kTaken) + "}"}},
    {"ARecordForTwoSettledItemsIsTheFirstOnes",
     WithAAndB(),
     Settle(Outcome(1, kLinked7) + Outcome(2, R"pb(state: ITEM_STATE_LINKED
                                                   remote { id: "7" })pb")),
     {"items_settled { " + Kept(1, 2, kLinked7) + Kept(2, 2, kTaken) + "}"}},
};
INSTANTIATE_TEST_SUITE_P(Settle, DecideCreateTest, ::testing::ValuesIn(kSettle),
                         NameOfCase);

// A record that another product had before may be adopted.
TEST(FormerRecordTest, MayBelongToAnotherProduct) {
  RunCase(
      {"",
       {Imported("s", {Line("sku: 'A'"), Line("sku: 'B'")}),
        Created("s", 1, "7"), Update("u", "A", "selling_price: '5'"),
        ClaimForUpdate(R"pb(product_id: 1
                            remote_id: "7"
                            fields { selling_price: "5" }
                            updates: 6)pb"),
        AnswerUpdate(R"pb(product_id: 1
                          intent: 7
                          state: UPDATE_STATE_REJECTED
                          gone: true)pb")},
       Settle(Outcome(2, R"pb(state: ITEM_STATE_LINKED
                              remote { id: "7" sku: "B" })pb")),
       {"items_settled { " + Kept(2, 2, R"pb(state: ITEM_STATE_LINKED
                                             remote { id: "7" sku: "B" })pb") +
        "}"}},
      [](const Scenario& scenario) {
        EXPECT_EQ(scenario.Product(2).remote_id(), "7");
        EXPECT_EQ(scenario.Product(1).former_remote_ids_size(), 1);
      });
}

}  // namespace
}  // namespace qantara::domain
