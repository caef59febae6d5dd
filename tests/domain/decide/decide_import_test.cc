#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

class DecideImportTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideImportTest, Decides) { RunCase(GetParam()); }

Step OpenAllowingNoSku(const std::string& import_id) {
  return [=](Scenario& scenario) {
    OpenImport command;
    command.connection = kConnection;
    command.import_id = import_id;
    command.allow_missing_sku = true;
    return scenario.Do(command).status();
  };
}

const DecideCase kCases[] = {
    {"FirstOpenIsRecorded",
     {},
     Open("spring", v1::EXISTING_POLICY_PARK),
     {R"pb(import_opened {
             import_id: "spring"
             kind: IMPORT_KIND_CATALOG
             existing_policy: EXISTING_POLICY_PARK
           })pb"}},
    {"SecondOpenChangesNothing", {Open("spring")}, Open("spring"), {}},
    {"OpenWithAnotherPolicyIsRefused",
     {Open("spring")},
     Open("spring", v1::EXISTING_POLICY_UPDATE),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_IMPORT_HEADER_CHANGED},
    {"OpenWithAnotherRuleForSkusIsRefused",
     {Open("spring")},
     OpenAllowingNoSku("spring"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_IMPORT_HEADER_CHANGED},
    {"OpenAgainAfterTheEndChangesNothing",
     {Open("spring"), End("spring")},
     Open("spring"),
     {}},
    {"LinesOfAnUnknownImportAreRefused",
     {},
     Accept("spring", {Line("sku: 'A'")}),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_IMPORT_NOT_FOUND},
    {"NewLinesAreQueuedWithNewProducts",
     {Open("spring")},
     Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'", "ext-b")}),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 1
             lines { state: ITEM_STATE_QUEUED product_id: 1 sku: "A" }
             lines {
               state: ITEM_STATE_QUEUED
               product_id: 2
               sku: "B"
               external_id: "ext-b"
             }
           })pb"}},
    {"TheNextBatchGoesOnAfterTheLastLine",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Accept("spring", {Line("sku: 'B'")}, 2),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 2
             lines { state: ITEM_STATE_QUEUED product_id: 2 sku: "B" }
           })pb"}},
    {"NoLinesChangeNothing", {Open("spring")}, Accept("spring", {}), {}},
    {"RepeatedLinesChangeNothing",
     {Open("spring"), Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'")})},
     Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'")}, 1),
     {}},
    {"OfABatchThatOverlapsOnlyTheNewLinesCount",
     {Open("spring"), Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'")})},
     Accept("spring", {Line("sku: 'B'"), Line("sku: 'C'")}, 2),
     {R"pb(import_lines_accepted {
             import_id: "spring"
             first_line: 3
             lines { state: ITEM_STATE_QUEUED product_id: 3 sku: "C" }
           })pb"}},
    {"ARepeatedLineWithOtherBytesIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'")})},
     Accept("spring", {Line("sku: 'A'"), Line("sku: 'B' name_en: 'y'")}, 1),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_LINE_CHANGED},
    {"AChangedLineRefusesTheNewOnesOfItsBatchToo",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Accept("spring", {Line("sku: 'A' name_en: 'y'"), Line("sku: 'B'")}, 1),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_LINE_CHANGED},
    {"AChangedInvalidLineIsRefusedToo",
     {Open("spring"), Accept("spring", {BadLine("A")})},
     Accept("spring", {BadLine("B")}, 1),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_LINE_CHANGED},
    {"AGapIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Accept("spring", {Line("sku: 'C'")}, 3),
     {},
     absl::StatusCode::kInvalidArgument,
     v1::ERROR_REASON_LINE_GAP},
    {"LinesAfterTheEndAreRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}), End("spring")},
     Accept("spring", {Line("sku: 'B'")}),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_IMPORT_ENDED},
    {"RepeatedLinesAfterTheEndChangeNothing",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}), End("spring")},
     Accept("spring", {Line("sku: 'A'")}, 1),
     {}},
    {"EndIsRecordedWithTheLastLine",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     End("spring"),
     {R"pb(import_ended { import_id: "spring" last_line: 1 })pb"}},
    {"EndOfAnEmptyImportIsRecorded",
     {Open("spring")},
     End("spring"),
     {R"pb(import_ended { import_id: "spring" })pb"}},
    {"SecondEndChangesNothing",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}), End("spring", 1)},
     End("spring", 1),
     {}},
    {"EndBeforeAllLinesCameIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     End("spring", 2),
     {},
     absl::StatusCode::kInvalidArgument,
     v1::ERROR_REASON_LINE_GAP},
    {"EndBelowTheLinesThatCameIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'"), Line("sku: 'B'")})},
     End("spring", 1),
     {},
     absl::StatusCode::kInvalidArgument,
     v1::ERROR_REASON_LINE_GAP},
    {"EndOfAnUnknownImportIsRefused",
     {},
     End("spring"),
     {},
     absl::StatusCode::kNotFound,
     v1::ERROR_REASON_IMPORT_NOT_FOUND},
};

INSTANTIATE_TEST_SUITE_P(Imports, DecideImportTest, ::testing::ValuesIn(kCases),
                         NameOfCase);

// What the client is told: the line to send next, and whether it is over.
TEST(ImportReplyTest, TellsTheNextLine) {
  Scenario scenario;
  const OpenImport open{kConnection, "spring", "", v1::EXISTING_POLICY_LINK,
                        false};
  const AcceptLines two{
      kConnection, "spring", 0, {Line("sku: 'A'"), Line("sku: 'B'")}};
  AcceptLines again = two;
  again.first_line = 1;
  const EndImport end{kConnection, "spring", 2};

  EXPECT_EQ(scenario.Do(open)->next_line, 1u);
  EXPECT_EQ(scenario.Do(two)->next_line, 3u);
  EXPECT_EQ(scenario.Do(again)->next_line, 3u) << "a repeated batch";
  EXPECT_FALSE(scenario.Do(open)->ended);
  EXPECT_TRUE(scenario.Do(end)->ended);
  const auto reopened = scenario.Do(open);
  EXPECT_EQ(reopened->next_line, 3u);
  EXPECT_TRUE(reopened->ended);
}

// Imports of one name on two connections have nothing in common.
TEST(ConnectionTest, IsAWorldOfItsOwn) {
  Scenario scenario;
  ASSERT_TRUE(Open("spring")(scenario).ok());
  ASSERT_TRUE(Accept("spring", {Line("sku: 'A'")})(scenario).ok());
  for (const std::string other : {"riyadh2", "", "r"}) {
    SCOPED_TRACE(other);
    OpenImport open;
    open.connection = other;
    open.import_id = "spring";
    ASSERT_TRUE(scenario.Do(open).ok());
    const auto reply =
        scenario.Do(AcceptLines{other, "spring", 1, {Line("sku: 'A'")}});
    EXPECT_EQ(reply->next_line, 2u);
    ASSERT_EQ(scenario.last().size(), 1u);
    EXPECT_EQ(
        scenario.last()[0].event.import_lines_accepted().lines(0).product_id(),
        1u);
  }
  EXPECT_EQ(scenario.States("spring"), "QUEUED");
}

}  // namespace
}  // namespace qantara::domain
