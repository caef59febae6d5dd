#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// A connection as a whole.
class DecideConnectionTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideConnectionTest, Decides) { RunCase(GetParam()); }

const DecideCase kCases[] = {
    {"AConnectionIsPaused",
     {},
     Pause("stocktaking"),
     {R"pb(connection_paused { note: "stocktaking" })pb"}},
    {"APausedConnectionIsPausedAgainWithoutEffect",
     {Pause("stocktaking")},
     Pause("again"),
     {}},
    {"APausedConnectionIsResumed",
     {Pause("stocktaking")},
     Resume("done"),
     {R"pb(connection_resumed { note: "done" })pb"}},
    {"AConnectionThatIsNotPausedIsResumedWithoutEffect",
     {Pause("stocktaking"), Resume()},
     Resume("again"),
     {}},
    {"ACreateIsNotClaimedWhilePaused",
     {Imported("spring", {Line("sku: 'A'")}), Pause()},
     ClaimForCreate("items { import_id: 'spring' line: 1 }"),
     {},
     absl::StatusCode::kAborted},
    {"AnUpdateIsNotClaimedWhilePaused",
     {Imported("spring", {Line("sku: 'A'")}), Created("spring", 1, "7"),
      Update("u", "A", "selling_price: '6'"), Pause()},
     ClaimForUpdate("product_id: 1 remote_id: '7' updates: 6"),
     {},
     absl::StatusCode::kAborted},
};

INSTANTIATE_TEST_SUITE_P(Cases, DecideConnectionTest,
                         ::testing::ValuesIn(kCases), NameOfCase);

TEST(PauseTest, TheNoteIsKeptUntilTheConnectionIsResumed) {
  Scenario scenario;
  ASSERT_TRUE(Pause("stocktaking")(scenario).ok());
  EXPECT_TRUE(scenario.Connection().paused());
  EXPECT_EQ(scenario.Connection().pause_note(), "stocktaking");
  ASSERT_TRUE(Resume()(scenario).ok());
  EXPECT_FALSE(scenario.Connection().paused());
  EXPECT_EQ(scenario.Connection().pause_note(), "");
}

TEST(PauseTest, AnAnswerIsRecordedWhilePaused) {
  Scenario scenario;
  for (const Step& step :
       {Imported("spring", {Line("sku: 'A'")}),
        ClaimForCreate("items { import_id: 'spring' line: 1 }"), Pause()}) {
    ASSERT_TRUE(step(scenario).ok());
  }
  const uint64_t intent = scenario.head() - 1;
  ASSERT_TRUE(AnswerCreate("intent: " + std::to_string(intent) +
                           " answer: ANSWER_CONFIRMED items { item { "
                           "import_id: 'spring' line: 1 product_id: 1 } "
                           "state: ITEM_STATE_CREATED remote { id: '7' sku: "
                           "'A' } desired { sku: 'A' } }")(scenario)
                  .ok());
  EXPECT_EQ(scenario.States("spring"), "CREATED");
}

}  // namespace
}  // namespace qantara::domain
