#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Snapshots of stock, and the cut behind them.
class DecideStockHistoryTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideStockHistoryTest, Decides) { RunCase(GetParam()); }

std::string Record(const std::string& id, const std::string& quantity) {
  return "id: '" + id + "' sku: 'S" + id +
         "' category_id: '9' track_quantity: true stock_told: true "
         "stock { location_id: '3' quantity: '" +
         quantity + "' }";
}

// Events 1 to 3: the location, then two observations of record 7.
std::vector<Step> Moved(std::vector<Step> then = {}) {
  std::vector<Step> steps = {ObserveStock({Record("7", "5")}),
                             ObserveStock({Record("7", "6")})};
  steps.insert(steps.end(), then.begin(), then.end());
  return steps;
}

constexpr char kSeven[] = R"pb(stock_snapshot_taken {
                                 rows {
                                   remote_id: "7"
                                   sku: "S7"
                                   state: STOCK_STATE_TRACKED_WITH_STOCK
                                   figures {
                                     location_id: "3"
                                     quantity: "6"
                                     observe_time { seconds: 1790000002 }
                                   }
                                   last_position: 3
                                   category_id: "9"
                                 }
                               })pb";

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;

const DecideCase kCases[] = {
    {"ARowIsKeptAsItIsFolded", Moved(), TakeSnapshot({"7"}), {kSeven}},
    {"IdsWithoutStockAndRepeatedOnesAreLeftOut",
     Moved(),
     TakeSnapshot({"6", "7", "8", "7"}),
     {kSeven}},
    {"WithoutStockThereIsNoEvent", {}, TakeSnapshot({"7"}), {}},
    {"MoreIdsThanOnePartTakesAreRefused",
     {},
     TakeSnapshot(std::vector<std::string>(kMaxSnapshotRows + 1, "7")),
     {},
     absl::StatusCode::kInvalidArgument},
    {"WhatIsBeforeASnapshotCanBeCut",
     Moved({TakeSnapshot({"7"})}),
     CutHistory(3, 4),
     {"stock_history_cut { through_position: 3 snapshot_position: 4 }"}},
    {"TheSameCutAgainIsNoEvent",
     Moved({TakeSnapshot({"7"}), CutHistory(3, 4)}),
     CutHistory(3, 4),
     {}},
    {"ASnapshotIsNotCutByItself",
     Moved({TakeSnapshot({"7"})}),
     CutHistory(4, 4),
     {},
     kRefused},
    {"ACutDoesNotGoBack",
     Moved({TakeSnapshot({"7"}), CutHistory(3, 4)}),
     CutHistory(2, 4),
     {},
     kRefused},
    {"ASnapshotThatIsNotThereYetAllowsNothing",
     Moved(),
     CutHistory(3, 4),
     {},
     kRefused},
    {"TheNextCutTakesTheFormerSnapshotToo",
     Moved({TakeSnapshot({"7"}), CutHistory(3, 4),
            ObserveStock({Record("7", "8")}), TakeSnapshot({"7"})}),
     CutHistory(6, 7),
     {"stock_history_cut { through_position: 6 snapshot_position: 7 }"}},
};
INSTANTIATE_TEST_SUITE_P(History, DecideStockHistoryTest,
                         ::testing::ValuesIn(kCases), NameOfCase);

// Between the parts, and after them, figures go on moving; all of it is folded
// again from what the cut leaves (Scenario::CheckLog).
TEST(StockHistoryTest, WhatACutLeavesGivesTheSameRows) {
  Scenario scenario;
  const std::vector<Step> steps = {
      ObserveLocations({{"3", "Main", "", true}}),
      ObserveStock({Record("7", "5"), Record("8", "1"), Record("9", "2")}),
      ObserveStock({Record("8", "-1.5")}, {"9"}),
      ObserveStock({Record("7", "4")}),
  };
  for (const Step& step : steps) ASSERT_TRUE(step(scenario).ok());
  const Position through = scenario.head();
  // Moves after what is cut and before its part of the snapshot.
  ASSERT_TRUE(ObserveStock({Record("8", "3")})(scenario).ok());
  const Position snapshot = scenario.head() + 1;
  ASSERT_TRUE(TakeSnapshot({"7"})(scenario).ok());
  ASSERT_TRUE(
      ObserveStock({Record("7", "0"), Record("9", "2")})(scenario).ok());
  ASSERT_TRUE(TakeSnapshot({"8", "9"})(scenario).ok());
  ASSERT_TRUE(CutHistory(through, snapshot)(scenario).ok());
  ASSERT_TRUE(
      ObserveStock({"id: '8' track_quantity: false"}, {"7"})(scenario).ok());
  EXPECT_EQ(scenario.Connection().stock_cut_position(), through);
  EXPECT_EQ(scenario.CheckLog(), std::vector<std::string>());
}

TEST(StockHistoryTest, APartEndsWhereItIsLongEnough) {
  Scenario scenario;
  RecordStock command;
  command.connection = kConnection;
  v1::RemoteProduct& product = command.products.emplace_back();
  product.set_id("1");
  product.set_sku(std::string(kMaxSnapshotBytes / 2, 'x'));
  product.set_track_quantity(false);
  for (const char* id : {"2", "3"}) {
    command.products.push_back(command.products.front());
    command.products.back().set_id(id);
  }
  ASSERT_TRUE(scenario.Do(command).ok());
  TakeStockSnapshot snapshot{kConnection, {"0", "1", "2", "3"}};
  const auto first = scenario.Do(snapshot);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->position, 2u);
  EXPECT_EQ(first->taken, 2u);
  snapshot.remote_ids = {"2", "3"};
  EXPECT_EQ(scenario.Do(snapshot)->taken, 1u);
  snapshot.remote_ids = {"0"};
  const auto none = scenario.Do(snapshot);
  EXPECT_EQ(none->position, 0u);
  EXPECT_EQ(none->taken, 1u);
}

}  // namespace
}  // namespace qantara::domain
