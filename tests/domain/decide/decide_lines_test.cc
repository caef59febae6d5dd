#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// How the lines of a batch are decided.
class DecideLinesTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideLinesTest, Decides) { RunCase(GetParam()); }

// The answer to the only update so far, an applied one.
Step Applied(const std::string& answered) {
  return AnswerUpdate("answer: ANSWER_CONFIRMED state: UPDATE_STATE_APPLIED " +
                      answered);
}

// Product 1 is A at price 5, created as record 7 by positions 1 to 5.
std::vector<Step> WithA(std::vector<Step> more = {}) {
  std::vector<Step> steps = {
      Imported("spring", {Line("sku: 'A' selling_price: '5'")}),
      Created("spring", 1, "7"), Open("autumn")};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const DecideCase kProblems[] = {
    {"AnInvalidLineIsKeptWithItsProblems",
     {Open("spring")},
     Accept("spring", {BadLine("A"), Line("sku: 'B'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 1
             lines {
               state: ITEM_STATE_INVALID
               sku: "A"
               reason: ERROR_REASON_NAME_REQUIRED
               problems {
                 field: "product.name_en"
                 reason: ERROR_REASON_NAME_REQUIRED
               }
             }
             lines { state: ITEM_STATE_QUEUED product_id: 1 sku: "B" }
           })pb"}},
    {"AnInvalidLineDoesNotTakeItsSku",
     {Open("spring"), Accept("spring", {BadLine("A")})},
     Accept("spring", {Line("sku: 'A'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 2
             lines { state: ITEM_STATE_QUEUED product_id: 1 sku: "A" }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Problems, DecideLinesTest,
                         ::testing::ValuesIn(kProblems), NameOfCase);

const DecideCase kRepeated[] = {
    {"ASkuTwiceInABatchIsParkedTheSecondTime",
     {Open("spring")},
     Accept("spring", {Line("sku: 'A'"), Line("sku: 'A' name_en: 'y'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 1
             lines { state: ITEM_STATE_QUEUED product_id: 1 sku: "A" }
             lines {
               state: ITEM_STATE_PARKED
               sku: "A"
               reason: ERROR_REASON_SKU_REPEATED
               problems {
                 field: "product.sku"
                 reason: ERROR_REASON_SKU_REPEATED
               }
             }
           })pb"}},
    {"ASkuInTwoBatchesOfAnImportIsParkedTheSecondTime",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Accept("spring", {Line("sku: 'A' name_en: 'y'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 2
             lines {
               state: ITEM_STATE_PARKED
               sku: "A"
               reason: ERROR_REASON_SKU_REPEATED
               problems {
                 field: "product.sku"
                 reason: ERROR_REASON_SKU_REPEATED
               }
             }
           })pb"}},
    {"AnUnchangedSkuCountsAsSeenToo",
     WithA({Accept("autumn", {Line("sku: 'A' selling_price: '5'")})}),
     Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 2
             lines {
               state: ITEM_STATE_PARKED
               sku: "A"
               reason: ERROR_REASON_SKU_REPEATED
               problems {
                 field: "product.sku"
                 reason: ERROR_REASON_SKU_REPEATED
               }
             }
           })pb"}},
    {"AnotherImportBetweenTheTwoDoesNotHideTheFirst",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}), Open("autumn"),
      Accept("autumn", {Line("sku: 'A'")}), Create("r", "sku: 'A'")},
     Accept("spring", {Line("sku: 'A' name_en: 'y'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 2
             lines {
               state: ITEM_STATE_PARKED
               sku: "A"
               reason: ERROR_REASON_SKU_REPEATED
               problems {
                 field: "product.sku"
                 reason: ERROR_REASON_SKU_REPEATED
               }
             }
           })pb"}},
    {"ASkuInTwoImportsIsQueuedTwiceForOneProduct",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}), Open("autumn")},
     Accept("autumn", {Line("sku: 'A' name_en: 'y'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 2
             }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Repeated, DecideLinesTest,
                         ::testing::ValuesIn(kRepeated), NameOfCase);

const DecideCase kUnchanged[] = {
    {"TheSameBytesAreUnchanged",
     WithA(),
     Accept("autumn", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"TheSameValuesInOtherBytesAreUnchanged",
     WithA(),
     Accept("autumn", {Line("sku: 'A' selling_price: '5.00'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"FewerFieldsAreUnchanged",
     WithA(),
     Accept("autumn", {Line("sku: 'A'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"AnotherTypeIsNoChangeBecauseItIsSetOnce",
     WithA(),
     Accept("autumn", {Line("sku: 'A' type: PRODUCT_TYPE_SERVICE")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"AnotherValueIsQueued",
     WithA(),
     Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"OneMoreFieldIsQueued",
     WithA(),
     Accept("autumn", {Line("sku: 'A' name_ar: 'ب'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 5
             }
           })pb"}},
    {"WithAPendingUpdateNothingIsUnchanged",
     WithA({Update("u1", "A", "selling_price: '6'")}),
     Accept("autumn", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 7
             }
           })pb"}},
    {"WithAnOpenIntentNothingIsUnchanged",
     WithA({Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
            ClaimForUpdate(R"pb(product_id: 1
                                remote_id: "7"
                                fields { selling_price: "6" }
                                items { import_id: "autumn" line: 1 })pb"),
            Open("winter")}),
     Accept("winter", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "winter"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 8
             }
           })pb"}},
    {"BehindAWaitingLineNothingIsUnchanged",
     WithA({Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
            Open("winter")}),
     Accept("winter", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "winter"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 7
             }
           })pb"}},
    {"AfterTheWaitingLineWasSettledItIsUnchangedAgain",
     WithA({Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
            Settle(R"pb(items {
                          item { import_id: "autumn" line: 1 }
                          state: ITEM_STATE_REJECTED
                          reason: ERROR_REASON_EXISTS_REMOTELY
                        })pb"),
            Open("winter")}),
     Accept("winter", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "winter"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 8
             }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Unchanged, DecideLinesTest,
                         ::testing::ValuesIn(kUnchanged), NameOfCase);

// A was renamed B by an update; positions 1 to 9.
std::vector<Step> RenamedToB(std::vector<Step> more) {
  std::vector<Step> steps = WithA(
      {Update("u1", "A", "sku: 'B'"), ClaimForUpdate(R"pb(product_id: 1
                                                          remote_id: "7"
                                                          fields { sku: "B" }
                                                          updates: 7)pb"),
       Applied(R"pb(product_id: 1
                    intent: 8
                    remote { id: "7" sku: "B" })pb")});
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const DecideCase kFormerSku[] = {
    {"TheOldCatalogUnderAFormerSkuCreatesNothing",
     RenamedToB({}),
     Accept("autumn", {Line("sku: 'A' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "A"
               previous_position: 9
             }
           })pb"}},
    {"AChangeUnderAFormerSkuIsForTheSameProduct",
     RenamedToB({}),
     Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 9
             }
           })pb"}},
    {"TheNewCatalogUnderTheNewSkuIsUnchanged",
     RenamedToB({}),
     Accept("autumn", {Line("sku: 'B' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_UNCHANGED
               product_id: 1
               sku: "B"
               previous_position: 9
             }
           })pb"}},
    {"AFormerSkuStaysOneAfterALineCarriedIt",
     RenamedToB({Accept("autumn", {Line("sku: 'A' selling_price: '6'")}),
                 Open("winter")}),
     Accept("winter", {Line("sku: 'A' selling_price: '6'")}),
     {R"pb(import_lines_accepted {
             import_id: "winter"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "A"
               previous_position: 10
             }
           })pb"}},
    {"AReservedSkuBelongsToTheProductAlready",
     WithA({Update("u1", "A", "sku: 'B'")}),
     Accept("autumn", {Line("sku: 'B' selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               sku: "B"
               previous_position: 7
             }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(FormerSku, DecideLinesTest,
                         ::testing::ValuesIn(kFormerSku), NameOfCase);

}  // namespace
}  // namespace qantara::domain
