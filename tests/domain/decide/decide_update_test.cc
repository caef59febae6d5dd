#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Updates of clients: recorded or refused.
class DecideUpdateTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideUpdateTest, Decides) { RunCase(GetParam()); }

// Products A (record 7) and B (record 8) at price 5; positions 1 to 7, product
// revisions 3.
std::vector<Step> WithAAndB(std::vector<Step> more = {}) {
  std::vector<Step> steps = {
      Imported("spring", {Line("sku: 'A' selling_price: '5'", "x"),
                          Line("sku: 'B' selling_price: '5'")}),
      Created("spring", 1, "7"), Created("spring", 2, "8")};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

Step UpdateBy(ProductSelector::Kind kind, const std::string& key) {
  RecordUpdate command;
  command.connection = kConnection;
  command.request_id = "u";
  command.request_digest = "d";
  command.product = {kind, key};
  command.fields.set_selling_price("6");
  return [=](Scenario& scenario) { return scenario.Do(command).status(); };
}

Step ClaimedPrice(uint64_t update, const std::string& price) {
  return ClaimForUpdate(
      "product_id: 1 remote_id: '7' fields { selling_price: '" + price +
      "' } updates: " + std::to_string(update));
}

const char kRecorded[] = R"pb(product_update_recorded {
                                product_id: 1
                                request_id: "u"
                                fields { selling_price: "6" }
                                state: UPDATE_STATE_RECORDED
                                previous_position: 5
                              })pb";

const DecideCase kRecord[] = {
    {"AnUpdateIsRecorded",
     WithAAndB(),
     Update("u", "A", "selling_price: '6'"),
     {kRecorded}},
    {"AProductIsFoundByItsExternalId",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kExternalId, "x"),
     {kRecorded}},
    {"AProductIsFoundByItsRemoteId",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kRemoteId, "7"),
     {kRecorded}},
    {"AProductIsFoundByOurId",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kProductId, "1"),
     {kRecorded}},
    {"AnUnknownSkuIsRefused",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kSku, "C"),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_PRODUCT_NOT_FOUND},
    {"AProductIdThatIsNoNumberIsRefused",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kProductId, "one"),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_PRODUCT_NOT_FOUND},
    {"ProductIdZeroIsRefused",
     WithAAndB(),
     UpdateBy(ProductSelector::Kind::kProductId, "0"),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_PRODUCT_NOT_FOUND},
    {"TheSameRequestAgainChangesNothing",
     WithAAndB({Update("u", "A", "selling_price: '6'")}),
     Update("u", "A", "selling_price: '6'"),
     {}},
    {"TheSameRequestAgainChangesNothingEvenAtAnotherRevision",
     WithAAndB({Update("u", "A", "selling_price: '6'", 3)}),
     Update("u", "A", "selling_price: '6'", 3),
     {}},
    {"TheSameRequestIdForOtherFieldsIsRefused",
     WithAAndB({Update("u", "A", "selling_price: '6'")}),
     Update("u", "A", "selling_price: '7'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"ARequestIdOfACreationIsRefusedWhateverItsDigest",
     WithAAndB({Create("u", "sku: 'C'")}),
     Update("u", "A", "sku: 'C'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"AnUnmappedProductIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Update("u", "A", "selling_price: '6'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_PRODUCT_NOT_MAPPED},
    {"ADuplicateProductIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}),
      Settle(R"pb(items {
                    item { import_id: "spring" line: 1 }
                    state: ITEM_STATE_PARKED
                    reason: ERROR_REASON_SKU_DUPLICATE
                    duplicate_remote_ids: [ "7", "8" ]
                  })pb")},
     Update("u", "A", "selling_price: '6'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_SKU_DUPLICATE},
    {"AStaleProductIsRefused",
     WithAAndB({Update("t", "A", "selling_price: '9'"), ClaimedPrice(8, "9"),
                AnswerUpdate(R"pb(product_id: 1
                                  intent: 9
                                  answer: ANSWER_NOT_APPLIED
                                  state: UPDATE_STATE_REJECTED
                                  reason: ERROR_REASON_MAPPING_STALE
                                  gone: true)pb")}),
     Update("u", "A", "selling_price: '6'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_MAPPING_STALE},
    {"TheExpectedRevisionIsAccepted",
     WithAAndB(),
     Update("u", "A", "selling_price: '6'", 3),
     {kRecorded}},
    {"AnotherRevisionIsAConflict",
     WithAAndB(),
     Update("u", "A", "selling_price: '6'", 2),
     {},
     absl::StatusCode::kAborted,
     v1::ERROR_REASON_REVISION_CONFLICT},
};
INSTANTIATE_TEST_SUITE_P(Record, DecideUpdateTest, ::testing::ValuesIn(kRecord),
                         NameOfCase);

std::string Unchanged(const std::string& fields) {
  return "product_update_recorded { product_id: 1 request_id: 'u' fields { " +
         fields + " } state: UPDATE_STATE_UNCHANGED previous_position: 5 }";
}

const DecideCase kUnchanged[] = {
    {"ValuesThatTheProviderHoldsAreUnchanged",
     WithAAndB(),
     Update("u", "A", "selling_price: '5'"),
     {Unchanged("selling_price: '5'")}},
    {"EqualDecimalsAreUnchanged",
     WithAAndB(),
     Update("u", "A", "selling_price: '5.00'"),
     {Unchanged("selling_price: '5.00'")}},
    {"TheProductsOwnSkuIsUnchanged",
     WithAAndB(),
     Update("u", "A", "sku: 'A'"),
     {Unchanged("sku: 'A'")}},
    {"BehindAPendingUpdateNothingIsUnchanged",
     WithAAndB({Update("t", "A", "selling_price: '9'")}),
     Update("u", "A", "selling_price: '5'"),
     {R"pb(product_update_recorded {
             product_id: 1
             request_id: "u"
             fields { selling_price: "5" }
             state: UPDATE_STATE_RECORDED
             previous_position: 8
           })pb"}},
    {"BehindAnOpenIntentNothingIsUnchanged",
     WithAAndB({Update("t", "A", "selling_price: '9'"), ClaimedPrice(8, "9")}),
     Update("u", "A", "selling_price: '5'"),
     {R"pb(product_update_recorded {
             product_id: 1
             request_id: "u"
             fields { selling_price: "5" }
             state: UPDATE_STATE_RECORDED
             previous_position: 9
           })pb"}},
    {"WhereTheProviderHoldsSomethingElseNothingIsUnchanged",
     WithAAndB({Update("t", "A", "selling_price: '9'"), ClaimedPrice(8, "9"),
                AnswerUpdate(R"pb(product_id: 1
                                  intent: 9
                                  answer: ANSWER_CONFIRMED
                                  state: UPDATE_STATE_APPLIED
                                  remote { id: "7" selling_price: "5" })pb")}),
     Update("u", "A", "selling_price: '9'"),
     {R"pb(product_update_recorded {
             product_id: 1
             request_id: "u"
             fields { selling_price: "9" }
             state: UPDATE_STATE_RECORDED
             previous_position: 10
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Unchanged, DecideUpdateTest,
                         ::testing::ValuesIn(kUnchanged), NameOfCase);

// u1 takes the SKU of A to C and is settled in `state`.
std::vector<Step> Renaming(const std::string& state,
                           std::vector<Step> more = {}) {
  std::vector<Step> steps = WithAAndB(
      {Update("u1", "A", "sku: 'C'"), ClaimForUpdate(R"pb(product_id: 1
                                                          remote_id: "7"
                                                          fields { sku: "C" }
                                                          updates: 8)pb"),
       AnswerUpdate("product_id: 1 intent: 9 state: " + state)});
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

std::string SkuRecorded(int product_id, const std::string& sku, int previous) {
  return "product_update_recorded { product_id: " + std::to_string(product_id) +
         " request_id: 'u' fields { sku: '" + sku +
         "' } state: UPDATE_STATE_RECORDED previous_position: " +
         std::to_string(previous) + " }";
}

const DecideCase kSku[] = {
    {"ASkuOfAnotherProductIsRefused",
     WithAAndB(),
     Update("u", "A", "sku: 'B'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"AReservedSkuIsRefusedToOthers",
     WithAAndB({Update("t", "A", "sku: 'C'")}),
     Update("u", "B", "sku: 'C'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"AFormerSkuIsRefusedToOthers",
     Renaming("UPDATE_STATE_APPLIED"),
     Update("u", "B", "sku: 'A'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"AProductTakesItsFormerSkuBack",
     Renaming("UPDATE_STATE_APPLIED"),
     Update("u", "C", "sku: 'A'"),
     {SkuRecorded(1, "A", 10)}},
    {"AProductAnswersToItsFormerSku",
     Renaming("UPDATE_STATE_APPLIED"),
     Update("u", "A", "sku: 'D'"),
     {SkuRecorded(1, "D", 10)}},
    {"ARejectedSkuIsFreeAgain",
     Renaming("UPDATE_STATE_REJECTED"),
     Update("u", "B", "sku: 'C'"),
     {SkuRecorded(2, "C", 7)}},
    {"ASkuThatMayHaveBeenTakenIsNotFree",
     Renaming("UPDATE_STATE_UNKNOWN"),
     Update("u", "B", "sku: 'C'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"ASkuThatIsSentAgainIsNotFree",
     Renaming("UPDATE_STATE_RECORDED"),
     Update("u", "B", "sku: 'C'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"ARejectedSkuThatALaterUpdateWantsIsNotFree",
     WithAAndB({Update("u1", "A", "sku: 'C'"),
                ClaimForUpdate(R"pb(product_id: 1
                                    remote_id: "7"
                                    fields { sku: "C" }
                                    updates: 8)pb"),
                Update("u2", "A", "sku: 'C' selling_price: '9'"),
                AnswerUpdate(R"pb(product_id: 1
                                  intent: 9
                                  state: UPDATE_STATE_REJECTED)pb")}),
     Update("u", "B", "sku: 'C'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"ASkuThatALaterUpdateOfTheSameRequestReplacedIsFreeAgain",
     WithAAndB({Update("u1", "A", "sku: 'C'"), Update("u2", "A", "sku: 'D'"),
                ClaimForUpdate(R"pb(product_id: 1
                                    remote_id: "7"
                                    fields { sku: "D" }
                                    updates: [ 8, 9 ])pb"),
                AnswerUpdate(R"pb(product_id: 1
                                  intent: 10
                                  state: UPDATE_STATE_APPLIED
                                  remote { id: "7" sku: "D" })pb")}),
     Update("u", "B", "sku: 'C'"),
     {SkuRecorded(2, "C", 7)}},
    {"AFormerSkuThatWasNotTakenBackStaysAFormerOne",
     Renaming(
         "UPDATE_STATE_APPLIED",
         {Update("u2", "C", "sku: 'A'"), ClaimForUpdate(R"pb(product_id: 1
                                                             remote_id: "7"
                                                             fields { sku: "A" }
                                                             updates: 11)pb"),
          AnswerUpdate(R"pb(product_id: 1
                            intent: 12
                            state: UPDATE_STATE_REJECTED)pb")}),
     Update("u", "B", "sku: 'A'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"ASkuWantedOfARecordThatIsGoneIsFreeAgain",
     WithAAndB({Update("u1", "A", "selling_price: '9'"), ClaimedPrice(8, "9"),
                Update("u2", "A", "sku: 'C'"),
                AnswerUpdate(R"pb(product_id: 1
                                  intent: 9
                                  state: UPDATE_STATE_REJECTED
                                  gone: true)pb")}),
     Update("u", "B", "sku: 'C'"),
     {SkuRecorded(2, "C", 7)}},
};
INSTANTIATE_TEST_SUITE_P(Sku, DecideUpdateTest, ::testing::ValuesIn(kSku),
                         NameOfCase);

}  // namespace
}  // namespace qantara::domain
