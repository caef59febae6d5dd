#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Stock: whose it is, and what the product was called before.
class DecideStockOwnerTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideStockOwnerTest, Decides) { RunCase(GetParam()); }

const char kRecord[] =
    "id: '7' sku: 'A' track_quantity: true stock_told: true "
    "stock { location_id: '3' quantity: '5' }";

std::vector<Step> Mapped() {
  return {Imported("i", {Line("sku: 'A'", "x-1")}), Created("i", 1, "7")};
}

// Mapped after its stock had been observed.
std::vector<Step> MappedLater() {
  return {ObserveStock({kRecord}), Imported("i", {Line("sku: 'A'", "x-1")}),
          Created("i", 1, "7")};
}

const DecideCase kCases[] = {
    {"TheFirstSightTellsTheOwner",
     Mapped(),
     ObserveStock({"id: '7' sku: 'A' track_quantity: false"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000005 }
             products {
               remote_id: "7"
               sku: "A"
               state: STOCK_STATE_UNTRACKED
               external_id: "x-1"
               product_id: 1
             }
           })pb"}},
    {"AProductThatIsMappedSinceIsNewsWithEveryFigureThatItHolds",
     MappedLater(),
     ObserveStock({kRecord}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000007 }
             products {
               remote_id: "7"
               sku: "A"
               state: STOCK_STATE_TRACKED_WITH_STOCK
               external_id: "x-1"
               product_id: 1
               before { sku: "A" }
               held { location_id: "3" previous_quantity: "5" quantity: "5" }
             }
           })pb"}},
    {"AnOwnerThatIsKnownIsNoNews",
     [] {
       std::vector<Step> given = MappedLater();
       given.push_back(ObserveStock({kRecord}));
       return given;
     }(),
     ObserveStock({kRecord}),
     {}},
    {"AProductThatIsMappedAndGoneTellsBoth",
     MappedLater(),
     ObserveStock({}, {"7"}),
     {R"pb(stock_observed {
             observe_time { seconds: 1790000007 }
             products {
               remote_id: "7"
               sku: "A"
               state: STOCK_STATE_PRODUCT_GONE
               external_id: "x-1"
               product_id: 1
               changes {
                 location_id: "3"
                 previous_quantity: "5"
                 removed_reason: STOCK_REMOVED_REASON_PRODUCT_GONE
               }
               before { sku: "A" }
             }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Owner, DecideStockOwnerTest,
                         ::testing::ValuesIn(kCases), NameOfCase);

// A record that a product had formerly belongs to nobody.
TEST(StockOwnerTest, AFormerRecordHasNoOwner) {
  Scenario scenario;
  for (const Step& step : Mapped()) ASSERT_TRUE(step(scenario).ok());
  ASSERT_TRUE(ObserveStock({kRecord})(scenario).ok());
  EXPECT_EQ(scenario.Stock("7").product_id(), 1u);
  ASSERT_TRUE(Update("r1", "A", "selling_price: '5'")(scenario).ok());
  const std::string update = std::to_string(scenario.head());
  ASSERT_TRUE(ClaimForUpdate("product_id: 1 remote_id: '7' updates: " + update +
                             " fields { selling_price: '5' }")(scenario)
                  .ok());
  ASSERT_TRUE(
      AnswerUpdate("product_id: 1 intent: " + std::to_string(scenario.head()) +
                   " answer: ANSWER_NOT_APPLIED gone: true "
                   "state: UPDATE_STATE_REJECTED")(scenario)
          .ok());
  ASSERT_TRUE(ObserveStock({kRecord})(scenario).ok());
  const auto& stock =
      scenario.last().front().event.stock_observed().products(0);
  EXPECT_EQ(stock.product_id(), 0u);
  EXPECT_EQ(stock.before().product_id(), 1u);
  EXPECT_EQ(stock.before().external_id(), "x-1");
  EXPECT_EQ(scenario.CheckLog(), std::vector<std::string>());
}

}  // namespace
}  // namespace qantara::domain
