#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Lines with the client's own ids.
class DecideExternalIdTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideExternalIdTest, Decides) { RunCase(GetParam()); }

const char kParkedInUse[] = R"pb(
  state: ITEM_STATE_PARKED
  reason: ERROR_REASON_EXTERNAL_ID_IN_USE
  problems { field: "external_id" reason: ERROR_REASON_EXTERNAL_ID_IN_USE })pb";

// The event of `import_id` whose only line is parked for its external id.
std::string Parked(const std::string& import_id, int first_line,
                   const std::string& line) {
  return "import_lines_accepted { import_id: '" + import_id +
         "' first_line: " + std::to_string(first_line) + " lines { " + line +
         kParkedInUse + " } }";
}

std::vector<Step> Given(std::vector<ParsedLine> lines,
                        std::vector<Step> more = {}) {
  std::vector<Step> steps = {Imported("spring", std::move(lines)),
                             Open("autumn")};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

const DecideCase kCases[] = {
    {"ALineWithoutSkuIsFoundByItsExternalId",
     Given({Line("sku: 'A'", "x")}),
     Accept("autumn", {Line("selling_price: '5'", "x")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 1
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 1
               external_id: "x"
               previous_position: 2
             }
           })pb"}},
    {"AnotherSkuUnderAnExternalIdInUseIsParked",
     Given({Line("sku: 'A'", "x")}),
     Accept("autumn", {Line("sku: 'B'", "x")}),
     {Parked("autumn", 1, "sku: 'B' external_id: 'x'")}},
    {"TheSkuOfOneAndTheExternalIdOfAnotherProductIsParked",
     Given({Line("sku: 'A'", "x"), Line("sku: 'B'", "y")}),
     Accept("autumn", {Line("sku: 'B'", "x")}),
     {Parked("autumn", 1, "sku: 'B' external_id: 'x'")}},
    {"AnotherExternalIdForAProductThatHasOneIsParked",
     Given({Line("sku: 'A'", "x")}),
     Accept("autumn", {Line("sku: 'A'", "y")}),
     {Parked("autumn", 1, "product_id: 1 sku: 'A' external_id: 'y'")}},
    {"AParkedLineTakesNothing",
     Given({Line("sku: 'A'", "x")},
           {Accept("autumn", {Line("sku: 'A'", "y")})}),
     Accept("autumn", {Line("sku: 'B'", "y")}),
     {R"pb(import_lines_accepted {
             import_id: "autumn"
             first_line: 2
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 2
               sku: "B"
               external_id: "y"
             }
           })pb"}},
    {"AnExternalIdTwiceInABatchIsParkedTheSecondTime",
     {Open("spring")},
     Accept("spring", {Line("sku: 'A'", "x"), Line("sku: 'B'", "x")}),
     {"import_lines_accepted { import_id: 'spring' first_line: 1 lines { "
      "state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' external_id: 'x' } "
      "lines { sku: 'B' external_id: 'x'" +
      std::string(kParkedInUse) + "} }"}},
    {"AnExternalIdGivenToTwoKnownProductsInABatchIsParkedTheSecondTime",
     Given({Line("sku: 'A'"), Line("sku: 'B'")}),
     Accept("autumn", {Line("sku: 'A'", "x"), Line("sku: 'B'", "x")}),
     {"import_lines_accepted { import_id: 'autumn' first_line: 1 lines { "
      "state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' external_id: 'x' "
      "previous_position: 2 } lines { sku: 'B' external_id: 'x'" +
      std::string(kParkedInUse) + "} }"}},
    {"AnExternalIdGivenToAKnownAndANewProductInABatchIsParkedTheSecondTime",
     Given({Line("sku: 'A'")}),
     Accept("autumn", {Line("sku: 'A'", "x"), Line("sku: 'B'", "x")}),
     {"import_lines_accepted { import_id: 'autumn' first_line: 1 lines { "
      "state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' external_id: 'x' "
      "previous_position: 2 } lines { sku: 'B' external_id: 'x'" +
      std::string(kParkedInUse) + "} }"}},
    {"WithoutSkuAnExternalIdTwiceInABatchIsParkedTheSecondTime",
     {Open("spring")},
     Accept("spring",
            {Line("selling_price: '5'", "x"), Line("selling_price: '6'", "x")}),
     {"import_lines_accepted { import_id: 'spring' first_line: 1 lines { "
      "state: ITEM_STATE_QUEUED product_id: 1 external_id: 'x' } "
      "lines { external_id: 'x'" +
      std::string(kParkedInUse) + "} }"}},
    {"WithoutSkuAnExternalIdInTwoBatchesOfAnImportIsParkedTheSecondTime",
     {Open("spring"), Accept("spring", {Line("selling_price: '5'", "x")})},
     Accept("spring", {Line("selling_price: '6'", "x")}),
     {Parked("spring", 2, "external_id: 'x'")}},
    {"WithoutSkuTheExternalIdOfAnEarlierLineOfTheImportIsParked",
     {Open("spring"), Accept("spring", {Line("sku: 'A'", "x")})},
     Accept("spring", {Line("selling_price: '6'", "x")}),
     {Parked("spring", 2, "external_id: 'x'")}},
    {"LinesWithoutAnyKeyAreProductsOfTheirOwn",
     {Open("spring")},
     Accept("spring", {Line("selling_price: '5'"), Line("selling_price: '5'")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 1
             lines { state: ITEM_STATE_QUEUED product_id: 1 }
             lines { state: ITEM_STATE_QUEUED product_id: 2 }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(ExternalIds, DecideExternalIdTest,
                         ::testing::ValuesIn(kCases), NameOfCase);

// A line that changes nothing else still brings the client's id.
TEST(ExternalIdTest, IsLearntFromAnUnchangedLine) {
  RunCase({"",
           {Imported("spring", {Line("sku: 'A'")}), Created("spring", 1, "7"),
            Open("autumn"), Accept("autumn", {Line("sku: 'A'", "x")}),
            Open("winter")},
           Accept("winter", {Line("selling_price: '9'", "x")}),
           {R"pb(import_lines_accepted {
                   import_id: "winter"
                   first_line: 1
                   lines {
                     state: ITEM_STATE_QUEUED
                     product_id: 1
                     external_id: "x"
                     previous_position: 5
                   }
                 })pb"}},
          [](const Scenario& scenario) {
            EXPECT_EQ(scenario.States("autumn"), "UNCHANGED");
            EXPECT_EQ(scenario.Product(1).external_id(), "x");
          });
}

}  // namespace
}  // namespace qantara::domain
