#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// A single product: created by its request id.
class DecideSingleTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideSingleTest, Decides) { RunCase(GetParam()); }

// The three events of request `r` for `line`.
std::vector<std::string> Single(const std::string& line) {
  return {R"pb(import_opened {
                 import_id: "~r"
                 kind: IMPORT_KIND_SINGLE
                 existing_policy: EXISTING_POLICY_LINK
               })pb",
          "import_lines_accepted { import_id: '~r' first_line: 1 lines { " +
              line + " } }",
          R"pb(import_ended { import_id: "~r" last_line: 1 })pb"};
}

Step WithDigest(const std::string& request_id, const std::string& digest,
                ParsedLine line) {
  CreateSingle command;
  command.connection = kConnection;
  command.request_id = request_id;
  command.request_digest = digest;
  command.line = std::move(line);
  return [=](Scenario& scenario) { return scenario.Do(command).status(); };
}

const DecideCase kCases[] = {
    {"ANewProductIsAnImportOfOneLine",
     {},
     Create("r", "sku: 'A'", "x"),
     Single("state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' "
            "external_id: 'x'")},
    {"TheSameRequestAgainChangesNothing",
     {Create("r", "sku: 'A'")},
     Create("r", "sku: 'A'"),
     {}},
    {"TheSameRequestAgainAfterItWasDoneChangesNothing",
     {Create("r", "sku: 'A'"), Created("~r", 1, "7")},
     Create("r", "sku: 'A'"),
     {}},
    {"TheSameRequestIdForOtherContentIsRefused",
     {Create("r", "sku: 'A'")},
     Create("r", "sku: 'B'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"ARequestIdOfAnUpdateIsRefusedWhateverItsDigest",
     {Create("q", "sku: 'A'"), Created("~q", 1, "7"),
      Update("r", "A", "selling_price: '5'")},
     Create("r", "selling_price: '5'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_REQUEST_ID_REUSED},
    {"AnInvalidProductIsRefused",
     {},
     WithDigest("r", "d", BadLine("A")),
     {},
     absl::StatusCode::kInvalidArgument,
     v1::ERROR_REASON_NAME_REQUIRED},
    {"AMappedSkuWithOtherContentIsRefused",
     {Create("q", "sku: 'A'"), Created("~q", 1, "7")},
     Create("r", "sku: 'A' selling_price: '5'"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_SKU_IN_USE},
    {"AMappedSkuWithTheSameContentIsUnchanged",
     {Create("q", "sku: 'A'"), Created("~q", 1, "7")},
     Create("r", "sku: 'A'"),
     Single("state: ITEM_STATE_UNCHANGED product_id: 1 sku: 'A' "
            "previous_position: 5")},
    {"ASkuThatWaitsInAnImportIsQueuedForTheSameProduct",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")})},
     Create("r", "sku: 'A'"),
     Single("state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' "
            "previous_position: 2")},
    {"AnExternalIdOfAnotherSkuIsRefused",
     {Create("q", "sku: 'A'", "x")},
     Create("r", "sku: 'B'", "x"),
     {},
     absl::StatusCode::kAlreadyExists,
     v1::ERROR_REASON_EXTERNAL_ID_IN_USE},
    {"ADuplicateSkuIsRefused",
     {Open("spring"), Accept("spring", {Line("sku: 'A'")}),
      Settle(R"pb(items {
                    item { import_id: "spring" line: 1 }
                    state: ITEM_STATE_PARKED
                    reason: ERROR_REASON_SKU_DUPLICATE
                    duplicate_remote_ids: [ "7", "8" ]
                  })pb")},
     Create("r", "sku: 'A'"),
     {},
     absl::StatusCode::kFailedPrecondition,
     v1::ERROR_REASON_SKU_DUPLICATE},
    {"AStaleSkuIsQueuedAgain",
     {Create("q", "sku: 'A'"), Created("~q", 1, "7"),
      Update("u", "A", "selling_price: '5'"),
      ClaimForUpdate(R"pb(product_id: 1
                          remote_id: "7"
                          fields { selling_price: "5" }
                          updates: 6)pb"),
      AnswerUpdate(R"pb(product_id: 1
                        intent: 7
                        answer: ANSWER_NOT_APPLIED
                        state: UPDATE_STATE_REJECTED
                        reason: ERROR_REASON_MAPPING_STALE
                        gone: true)pb")},
     Create("r", "sku: 'A'"),
     Single("state: ITEM_STATE_QUEUED product_id: 1 sku: 'A' "
            "previous_position: 8")},
};

INSTANTIATE_TEST_SUITE_P(Singles, DecideSingleTest, ::testing::ValuesIn(kCases),
                         NameOfCase);

// The answer names the product, also when the request is repeated.
TEST(CreateSingleReplyTest, NamesTheItemAndItsProduct) {
  CreateSingle command;
  command.connection = kConnection;
  command.request_id = "r";
  command.request_digest = "d";
  command.line = Line("sku: 'B'");
  Scenario scenario;
  ASSERT_TRUE(Create("q", "sku: 'A'")(scenario).ok());
  for (int i = 0; i < 2; ++i) {
    const auto reply = scenario.Do(command);
    ASSERT_TRUE(reply.ok());
    EXPECT_EQ(reply->import_id, "~r");
    EXPECT_EQ(reply->product_id, 2u);
  }
}

// No client can reach a single product by the name of its import: `~` is no
// character of a client's id. Here somebody tries it past the services.
TEST(CreateSingleTest, IsNotListed) {
  Scenario scenario;
  ASSERT_TRUE(Create("r", "sku: 'A'")(scenario).ok());
  EXPECT_TRUE(scenario.tables().Scan(Table::kImportsByTime).empty());
  EXPECT_EQ(scenario.Import("~r").kind(), events::v1::IMPORT_KIND_SINGLE);
}

}  // namespace
}  // namespace qantara::domain
