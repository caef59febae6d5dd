#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Stock: what differs from the last observation, and nothing else.
class DecideStockTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideStockTest, Decides) { RunCase(GetParam()); }

// Record 7 of SKU A as a provider lists it: tracked, with these locations.
std::string Tracked(const std::string& stock) {
  return "id: '7' sku: 'A' track_quantity: true stock_told: true " + stock;
}

const char kJeddah5[] =
    "stock { location_id: '3' name_en: 'Jeddah' quantity: '5' }";
const char kSilent[] = "id: '7' sku: 'A' track_quantity: true";
const char kUntracked[] =
    "id: '7' sku: 'A' track_quantity: false stock_told: true";

// The event for record 7; observed after `seconds` events.
std::string Observed(int seconds, const std::string& state,
                     const std::string& changes) {
  return "stock_observed { observe_time { seconds: " +
         std::to_string(1790000000 + seconds) +
         " } products { remote_id: '7' sku: 'A' state: STOCK_STATE_" + state +
         " " + changes + " } }";
}

std::string Change(const std::string& name, const std::string& values) {
  return "changes { location_id: '3' location_name_en: '" + name + "' " +
         values + " } ";
}

// The event for a location that is seen for the first time.
std::string Located(int seconds, const std::string& name,
                    const std::string& id = "3") {
  return "locations_observed { observe_time { seconds: " +
         std::to_string(1790000000 + seconds) +
         " } locations { location_id: '" + id + "' name_en: '" + name + "' } }";
}

std::vector<Step> Given(const std::string& product) {
  return {ObserveStock({product})};
}

const DecideCase kFirst[] = {
    {"TheFirstFigureHasNoPreviousOne",
     {},
     ObserveStock({Tracked(kJeddah5)}),
     {Located(0, "Jeddah"),
      Observed(0, "TRACKED_WITH_STOCK", Change("Jeddah", "quantity: '5'"))}},
    {"TheFirstSightOfAnUntrackedProductHasNoFigure",
     {},
     ObserveStock({std::string(kUntracked) + " " + kJeddah5}),
     {Observed(0, "UNTRACKED", "")}},
    {"ATrackedProductWithoutLocationsNeverMoved",
     {},
     ObserveStock({Tracked("")}),
     {Observed(0, "TRACKED_NEVER_MOVED", "")}},
    {"OfATrackedProductWithoutToldStockNothingIsKnown",
     {},
     ObserveStock({kSilent}),
     {Observed(0, "NOT_YET_OBSERVED", "")}},
    {"OfAProductWithoutToldTrackingNothingIsKnown",
     {},
     ObserveStock(
         {"id: '7' sku: 'A' stock_told: true " + std::string(kJeddah5)}),
     {Observed(0, "NOT_YET_OBSERVED", "")}},
    {"ALocationThatIsNotMeasuredHasNoFigure",
     {},
     ObserveStock({Tracked("stock { location_id: '3' }")}),
     {Located(0, ""), Observed(0, "TRACKED_NEVER_MOVED", "")}},
    {"NegativeStockPasses",
     {},
     ObserveStock({Tracked("stock { location_id: '3' quantity: '-2.5' }")}),
     {Located(0, ""),
      Observed(0, "TRACKED_WITH_STOCK", Change("", "quantity: '-2.5'"))}},
    {"ZeroIsAFigure",
     {},
     ObserveStock({Tracked("stock { location_id: '3' quantity: '0' }")}),
     {Located(0, ""),
      Observed(0, "TRACKED_WITH_STOCK", Change("", "quantity: '0'"))}},
    {"NothingSeenIsNoEvent", {}, ObserveStock({}), {}},
    {"AnUnknownProductThatIsGoneIsNoEvent", {}, ObserveStock({}, {"7"}), {}},
};
INSTANTIATE_TEST_SUITE_P(First, DecideStockTest, ::testing::ValuesIn(kFirst),
                         NameOfCase);

const DecideCase kAgain[] = {
    {"TheSameFigureIsNoEvent",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked(kJeddah5)}),
     {}},
    {"TheSameNumberInOtherDigitsIsNoEvent",
     Given(Tracked("stock { location_id: '3' quantity: '12.50' }")),
     ObserveStock({Tracked("stock { location_id: '3' quantity: '12.5' }")}),
     {}},
    {"AMovedFigureTellsThePreviousOne",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked("stock { location_id: '3' name_en: 'Jeddah' "
                           "quantity: '4.5' }")}),
     {Observed(2, "TRACKED_WITH_STOCK",
               Change("Jeddah", "previous_quantity: '5' quantity: '4.5'"))}},
    {"ARenamedLocationIsNoChangeOfAFigure",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked("stock { location_id: '3' name_en: 'Makkah' "
                           "quantity: '5.0' }")}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000002 }
             locations {
               location_id: "3"
               name_en: "Makkah"
               previous_name_en: "Jeddah"
               previous_name_ar: ""
             }
           })pb"}},
    {"AMovedFigureCarriesTheNewNameOfItsLocation",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked("stock { location_id: '3' name_en: 'Makkah' "
                           "quantity: '6' }")}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000002 }
             locations {
               location_id: "3"
               name_en: "Makkah"
               previous_name_en: "Jeddah"
               previous_name_ar: ""
             }
           })pb",
      Observed(2, "TRACKED_WITH_STOCK",
               Change("Makkah", "previous_quantity: '5' quantity: '6'"))}},
    {"ALocationThatIsNotListedAnyMoreIsGone",
     Given(Tracked(std::string(kJeddah5) +
                   "stock { location_id: '9' quantity: '1' }")),
     ObserveStock({Tracked("stock { location_id: '9' quantity: '1' }")}),
     {Observed(2, "TRACKED_WITH_STOCK",
               Change("Jeddah",
                      "previous_quantity: '5' removed_reason: "
                      "STOCK_REMOVED_REASON_LOCATION_GONE"))}},
    {"WithoutItsLastLocationThereIsNoFigure",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked("")}),
     {Observed(2, "TRACKED_NEVER_MOVED",
               Change("Jeddah",
                      "previous_quantity: '5' removed_reason: "
                      "STOCK_REMOVED_REASON_LOCATION_GONE"))}},
    {"ALocationThatIsListedAndNotMeasuredKeepsItsFigure",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked("stock { location_id: '3' name_en: 'Jeddah' }")}),
     {}},
    {"SilenceKeepsTheFigures",
     Given(Tracked(kJeddah5)),
     ObserveStock({kSilent}),
     {}},
    {"SilenceAboutTrackingKeepsTheFigures",
     Given(Tracked(kJeddah5)),
     ObserveStock({"id: '7' sku: 'A'"}),
     {}},
    {"SilenceKeepsThatItNeverMoved",
     Given(Tracked("")),
     ObserveStock({kSilent}),
     {}},
    {"UntrackedLaterTakesTheFiguresAway",
     Given(Tracked(kJeddah5)),
     ObserveStock({kUntracked}),
     {Observed(2, "UNTRACKED",
               Change("Jeddah",
                      "previous_quantity: '5' removed_reason: "
                      "STOCK_REMOVED_REASON_UNTRACKED"))}},
    {"UntrackedTwiceIsNoEvent",
     Given(kUntracked),
     ObserveStock({kUntracked}),
     {}},
    {"TrackedAfterAllButNotToldIsNotYetObserved",
     Given(kUntracked),
     ObserveStock({kSilent}),
     {Observed(1, "NOT_YET_OBSERVED", "")}},
    {"AGoneProductTakesItsFiguresAway",
     Given(Tracked(kJeddah5)),
     ObserveStock({}, {"7"}),
     {Observed(2, "PRODUCT_GONE",
               Change("Jeddah",
                      "previous_quantity: '5' removed_reason: "
                      "STOCK_REMOVED_REASON_PRODUCT_GONE"))}},
    {"GoneTwiceIsNoEvent",
     {ObserveStock({Tracked(kJeddah5)}), ObserveStock({}, {"7"})},
     ObserveStock({}, {"7"}),
     {}},
    {"AProductThatCameBackIsObservedAnew",
     {ObserveStock({Tracked(kJeddah5)}), ObserveStock({}, {"7"})},
     ObserveStock({Tracked(kJeddah5)}),
     {Observed(3, "TRACKED_WITH_STOCK", Change("Jeddah", "quantity: '5'"))}},
    {"AProductThatCameBackInSilenceIsNotGone",
     {ObserveStock({Tracked(kJeddah5)}), ObserveStock({}, {"7"})},
     ObserveStock({"id: '7' sku: 'A'"}),
     {Observed(3, "NOT_YET_OBSERVED", "")}},
    {"AnotherSkuIsAnEvent",
     Given(Tracked(kJeddah5)),
     ObserveStock({"id: '7' sku: 'A2' track_quantity: true"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000002 }
             products {
               remote_id: "7"
               sku: "A2"
               state: STOCK_STATE_TRACKED_WITH_STOCK
               before { sku: "A" }
               held {
                 location_id: "3"
                 location_name_en: "Jeddah"
                 previous_quantity: "5"
                 quantity: "5"
               }
             }
           })pb"}},
    {"AnotherCategoryIsAnEvent",
     Given(Tracked(kJeddah5)),
     ObserveStock({Tracked(kJeddah5) + "category_id: '12'"}),
     {Observed(2, "TRACKED_WITH_STOCK",
               "category_id: '12' before { sku: 'A' } held { location_id: '3' "
               "location_name_en: 'Jeddah' previous_quantity: '5' "
               "quantity: '5' }")}},
    {"OnlyFiguresThatStayAreHeld",
     Given(Tracked(std::string(kJeddah5) +
                   "stock { location_id: '9' quantity: '1' }")),
     ObserveStock({"id: '7' sku: 'A2' track_quantity: true stock_told: true "
                   "stock { location_id: '3' quantity: '4' } "
                   "stock { location_id: '9' quantity: '1.0' }"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000002 }
             products {
               remote_id: "7"
               sku: "A2"
               state: STOCK_STATE_TRACKED_WITH_STOCK
               changes {
                 location_id: "3"
                 location_name_en: "Jeddah"
                 previous_quantity: "5"
                 quantity: "4"
               }
               before { sku: "A" }
               held { location_id: "9" previous_quantity: "1" quantity: "1" }
             }
           })pb"}},
    {"ASkuAndACategoryThatAreNotToldStay",
     {ObserveStock({Tracked(kJeddah5) + "category_id: '12'"})},
     ObserveStock({"id: '7' track_quantity: true"}),
     {}},
};
INSTANTIATE_TEST_SUITE_P(Again, DecideStockTest, ::testing::ValuesIn(kAgain),
                         NameOfCase);

const DecideCase kNoise[] = {
    {"OfALocationListedTwiceTheFirstEntryCounts",
     {},
     ObserveStock({Tracked("stock { location_id: '3' quantity: '5' } "
                           "stock { location_id: '3' quantity: '6' }")}),
     {Located(0, ""),
      Observed(0, "TRACKED_WITH_STOCK", Change("", "quantity: '5'"))}},
    {"ALocationListedTwiceDoesNotMoveForEver",
     Given(Tracked("stock { location_id: '3' quantity: '5' } "
                   "stock { location_id: '3' quantity: '6' }")),
     ObserveStock({Tracked("stock { location_id: '3' quantity: '5' } "
                           "stock { location_id: '3' quantity: '6' }")}),
     {}},
    {"OfAProductReadTwiceTheLastReadingCounts",
     {},
     ObserveStock({Tracked(kJeddah5),
                   Tracked("stock { location_id: '3' quantity: '6' }")}),
     {Located(0, ""),
      Observed(0, "TRACKED_WITH_STOCK", Change("", "quantity: '6'"))}},
    {"AProductThatIsReadIsNotGone",
     {},
     ObserveStock({Tracked(kJeddah5)}, {"7"}),
     {Located(0, "Jeddah"),
      Observed(0, "TRACKED_WITH_STOCK", Change("Jeddah", "quantity: '5'"))}},
    {"UnchangedProductsLeaveNoTraceBesideChangedOnes",
     Given(Tracked(kJeddah5)),
     ObserveStock(
         {Tracked(kJeddah5), "id: '8' sku: 'B' track_quantity: false"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000002 }
             products { remote_id: "8" sku: "B" state: STOCK_STATE_UNTRACKED }
           })pb"}},
    {"ProductsStandInTheOrderThatTheyWereRead",
     {},
     ObserveStock(
         {"id: '9' track_quantity: false", "id: '8' track_quantity: false"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000000 }
             products { remote_id: "9" state: STOCK_STATE_UNTRACKED }
             products { remote_id: "8" state: STOCK_STATE_UNTRACKED }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Noise, DecideStockTest, ::testing::ValuesIn(kNoise),
                         NameOfCase);

// Figures keep the time at which they were first seen with their value.
TEST(StockFigureTest, IsKeptWithTheTimeOfItsValue) {
  Scenario scenario;
  const std::string both =
      Tracked("stock { location_id: '9' quantity: '1' }") + kJeddah5;
  ASSERT_TRUE(ObserveStock({both})(scenario).ok());
  ASSERT_TRUE(
      ObserveStock({Tracked("stock { location_id: '9' quantity: '2' }") +
                    kJeddah5})(scenario)
          .ok());
  const tables::v1::StockRow row = scenario.Stock("7");
  ASSERT_EQ(row.figures_size(), 2);
  EXPECT_EQ(row.figures(0).location_id(), "3");
  EXPECT_EQ(row.figures(0).observe_time().seconds(), 1790000000);
  EXPECT_EQ(row.figures(1).quantity(), "2");
  EXPECT_EQ(row.figures(1).observe_time().seconds(), 1790000002);
  EXPECT_EQ(row.last_position(), 3u);
}

}  // namespace
}  // namespace qantara::domain
