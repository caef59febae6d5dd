// What a provider with other ids and fewer fields than Qoyod changes.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {
namespace {

constexpr char kUuid[] = "880e8400-e29b-41d4-a716-446655440003";

void Do(Scenario& scenario, const std::vector<Step>& steps) {
  for (const Step& step : steps) ASSERT_TRUE(step(scenario).ok());
}

ParsedLine LineWithout(const std::string& product,
                       std::vector<std::string> not_taken) {
  ParsedLine line = Line(product);
  line.not_taken = std::move(not_taken);
  return line;
}

TEST(DecideOtherProviderTest, IdsThatAreNoNumbersRaiseNoHighestId) {
  Scenario scenario;
  Do(scenario, {Imported("spring", {Line("sku: 'A'"), Line("sku: 'B'")}),
                Created("spring", 1, kUuid)});
  EXPECT_EQ(scenario.Product(1).remote_id(), kUuid);
  EXPECT_EQ(scenario.Connection().highest_remote_id(), "");
  Do(scenario, {Created("spring", 2, "41")});
  EXPECT_EQ(scenario.Connection().highest_remote_id(), "41");
}

TEST(DecideOtherProviderTest, FieldsThatAreNotTakenAreCountedPerImport) {
  Scenario scenario;
  const std::vector<ParsedLine> first = {
      LineWithout("sku: 'A'", {"selling_price", "name_ar"}),
      LineWithout("sku: 'B'", {"selling_price"})};
  Do(scenario, {Open("spring"), Accept("spring", first)});
  const auto& accepted = scenario.log().back().event().import_lines_accepted();
  ASSERT_EQ(accepted.not_taken_size(), 2);
  EXPECT_EQ(accepted.not_taken(0).field(), "name_ar");
  EXPECT_EQ(accepted.not_taken(1).lines(), 2u);

  // What is sent again is not counted again.
  Do(scenario,
     {Accept("spring", first, 1),
      Accept("spring", {LineWithout("sku: 'C'", {"barcode", "name_ar"})}, 3)});
  const tables::v1::ImportRow row = scenario.Import("spring");
  ASSERT_EQ(row.not_taken_size(), 3);
  EXPECT_EQ(row.not_taken(0).field(), "barcode");
  EXPECT_EQ(row.not_taken(1).field(), "name_ar");
  EXPECT_EQ(row.not_taken(1).lines(), 2u);
  EXPECT_EQ(row.not_taken(2).lines(), 2u);
}

TEST(DecideOtherProviderTest, AnUpdateOfWhichNothingIsLeftIsUnchanged) {
  Scenario scenario;
  Do(scenario,
     {Imported("spring", {Line("sku: 'A'")}), Created("spring", 1, kUuid),
      Update("u-1", "A", "name_en: 'waits'"), Update("u-2", "A", "")});
  EXPECT_EQ(scenario.UpdateOf("u-1").state(), v1::UPDATE_STATE_RECORDED);
  EXPECT_EQ(scenario.UpdateOf("u-2").state(), v1::UPDATE_STATE_UNCHANGED);
  EXPECT_EQ(scenario.Product(1).pending_updates_size(), 1);
}

}  // namespace
}  // namespace qantara::domain
