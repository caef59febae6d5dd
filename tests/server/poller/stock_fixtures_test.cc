// Every form of stock that the contract knows (F30 to F35), from the simulator
// through the real gateway and the sweeper into the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kConnection[] = "shop";

// One figure, such as `3:5>4`, `9:>1` or `3:5>`.
std::string TextOf(const events::v1::StockChange& change) {
  return absl::StrCat(" ", change.location_id(), ":",
                      change.previous_quantity(), ">", change.quantity());
}

DeliveryHarness::Options Sweeping() {
  DeliveryHarness::Options options;
  options.poll_interval = absl::Milliseconds(20);
  return options;
}

class StockFixturesTest : public ::testing::Test {
 protected:
  void Do(const std::string& method, const std::string& target,
          const std::string& body) {
    const auto reply = harness_.qoyod().Admin(method, target, body);
    ASSERT_LT(reply.status, 300) << reply.body;
  }
  void AddProducts(const std::string& rows) {
    Do("POST", "/_admin/products", rows);
  }
  void SetFaults(const std::string& json) {
    ASSERT_TRUE(harness_.qoyod().SetFaults(json).ok());
  }

  void Await(const std::string& what, const std::function<bool()>& done) {
    harness_.Await(what, done);
  }

  // Waits until the catalog was read from end to end by a sweep that began
  // after this call, and what it told is in the log.
  void AwaitSweep() {
    const absl::Time now = absl::Now();
    Await("a sweep", [&] {
      const auto begin = harness_.status().last_sweep();
      return begin.has_value() && *begin > now;
    });
  }

  // What the log tells of stock since the last call, a line for each product.
  std::vector<std::string> News() {
    std::vector<std::string> lines;
    const auto events =
        harness_.log().ReadStream(domain::StockStream(kConnection), seen_, {});
    EXPECT_TRUE(events.ok()) << events.status();
    for (const auto& record : *events) {
      seen_ = record->revision();
      for (const auto& product : record->event().stock_observed().products()) {
        std::string line =
            absl::StrCat(product.remote_id(), " ",
                         absl::StripPrefix(v1::StockState_Name(product.state()),
                                           "STOCK_STATE_"));
        for (const auto& change : product.changes()) line += TextOf(change);
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

  tables::v1::LocationRow Location(const std::string& id) {
    const auto row = domain::FindRow<tables::v1::LocationRow>(
        harness_.tables(), domain::Table::kLocations,
        domain::TextKey(kConnection, id));
    return row.ok() && row->has_value() ? **row : tables::v1::LocationRow();
  }

  DeliveryHarness harness_{Sweeping()};
  domain::Revision seen_ = 0;
};

constexpr char kTracked[] =
    R"([{"id":42,"sku":"BW-001","en_name":"Band","track_quantity":1,
        "inventories":[{"id":3,"stock":120},{"id":4,"stock":15}]}])";

// F30, F31
TEST_F(StockFixturesTest, TrackedNeverMovedAndUntrackedAreToldApart) {
  AddProducts(kTracked);
  AddProducts(R"([{"id":43,"sku":"SVC-001","en_name":"Visit",
                   "track_quantity":0,"inventories":[]},
                  {"id":44,"sku":"NEW-1","en_name":"New",
                   "track_quantity":1,"inventories":[]}])");
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("42 TRACKED_WITH_STOCK 3:>120 4:>15",
                                  "43 UNTRACKED", "44 TRACKED_NEVER_MOVED"));
  AwaitSweep();
  EXPECT_THAT(News(), IsEmpty());
}

// F32
TEST_F(StockFixturesTest, NegativeZeroDecimalAndTextAreFigures) {
  AddProducts(kTracked);
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("42 TRACKED_WITH_STOCK 3:>120 4:>15"));
  SetFaults(R"({"stock_form":{"form":"text"}})");
  AwaitSweep();
  EXPECT_THAT(News(), IsEmpty());
  Do("POST", "/_admin/stock",
     R"([{"sku":"BW-001","location_id":3,"set":-2.5},
         {"sku":"BW-001","location_id":4,"set":0}])");
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("42 TRACKED_WITH_STOCK 3:120>-2.5 4:15>0.0"));
  SetFaults(R"({"stock_form":{"form":"number"}})");
  AwaitSweep();
  EXPECT_THAT(News(), IsEmpty());
}

// F33
TEST_F(StockFixturesTest, WhatAnUntrackedProductListsIsNoFigure) {
  SetFaults(R"({"untracked_stock":true})");
  AddProducts(R"([{"id":43,"sku":"SVC-001","en_name":"Visit",
                   "track_quantity":0,"inventories":[]}])");
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("43 UNTRACKED"));
}

// F34: the list and the single record say different things for ever; a watch
// is not told of it again and again.
TEST_F(StockFixturesTest, AListThatDisagreesWithTheRecordDoesNotAlternate) {
  AddProducts(kTracked);
  AwaitSweep();
  EXPECT_EQ(News().size(), 1u);
  SetFaults(R"({"list_single_differ":{"sku":"BW-001","shift":7}})");
  AwaitSweep();
  AwaitSweep();
  News();
  for (int i = 0; i < 5; ++i) AwaitSweep();
  EXPECT_THAT(News(), IsEmpty());
}

// F35: renamed
TEST_F(StockFixturesTest, ARenamedLocationIsNoNewsOfAProduct) {
  AddProducts(kTracked);
  AwaitSweep();
  EXPECT_EQ(News().size(), 1u);
  Await("the name", [&] { return Location("3").name_en() != ""; });
  EXPECT_EQ(Location("3").name_en(), "Main Warehouse");
  Do("PUT", "/_admin/reference/inventories/3",
     R"({"name":"Central","ar_name":"المركز"})");
  AwaitSweep();
  Await("the new name", [&] { return Location("3").name_en() == "Central"; });
  EXPECT_EQ(Location("3").name_ar(), "المركز");
  EXPECT_THAT(News(), IsEmpty());
}

// F35: new, removed
TEST_F(StockFixturesTest, LocationsComeAndGoWithTheirFigures) {
  AddProducts(kTracked);
  AwaitSweep();
  EXPECT_EQ(News().size(), 1u);
  Do("POST", "/_admin/reference/inventories",
     R"({"id":9,"name":"Kiosk","ar_name":"كشك","is_default":false})");
  Do("POST", "/_admin/stock", R"({"sku":"BW-001","location_id":9,"set":7})");
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("42 TRACKED_WITH_STOCK 9:>7"));
  Await("the location", [&] { return Location("9").name_ar() == "كشك"; });
  Do("DELETE", "/_admin/reference/inventories/4", "");
  AwaitSweep();
  EXPECT_THAT(News(), ElementsAre("42 TRACKED_WITH_STOCK 4:15>"));
}

// F35: the default one, which only the listing tells
TEST_F(StockFixturesTest, TheListingTellsTheDefaultLocation) {
  AddProducts(kTracked);
  Await("the listing", [&] { return Location("5").has_is_default(); });
  EXPECT_FALSE(Location("5").is_default());
  EXPECT_TRUE(Location("3").is_default());
}

// F35: gone between two sweeps
TEST_F(StockFixturesTest, AProductThatIsGoneTellsItsFiguresOnceMore) {
  AddProducts(kTracked);
  AddProducts(R"([{"id":50,"sku":"OTHER","en_name":"Other"}])");
  AwaitSweep();
  EXPECT_EQ(News().size(), 2u);
  Do("DELETE", "/_admin/products/42", "");
  std::vector<std::string> news;
  Await("the end of the product", [&] {
    for (std::string& line : News()) news.push_back(std::move(line));
    return !news.empty();
  });
  EXPECT_THAT(news, ElementsAre("42 PRODUCT_GONE 3:120> 4:15>"));
  AwaitSweep();
  EXPECT_THAT(News(), IsEmpty());
}

// What clients asked for is on the way or acknowledged while sweeps go on; only
// the change by hand is drift.
TEST_F(StockFixturesTest, OnlyAChangeByHandIsDrift) {
  harness_.Import("i", Lines("A-", 3));
  harness_.Finish("i");
  AwaitSweep();
  EXPECT_EQ(harness_.Product("A-2").drift_size(), 0);
  const std::string id = harness_.Product("A-2").remote_id();
  Do("PUT", absl::StrCat("/_admin/products/", id), R"({"selling_price":"99"})");
  Await("drift", [&] { return harness_.Product("A-2").drift_size() == 1; });
  const v1::FieldDrift drift = harness_.Product("A-2").drift(0);
  EXPECT_EQ(drift.field(), "selling_price");
  EXPECT_EQ(drift.ours(), "25.00");
  EXPECT_EQ(drift.theirs(), "99.0");
  // The next update of ours is acknowledged with what they hold.
  domain::RecordUpdate update;
  update.connection = kConnection;
  update.request_id = "r1";
  update.product = {domain::ProductSelector::Kind::kSku, "A-2"};
  update.fields.set_selling_price("25.00");
  const auto recorded = harness_.bus().Execute(update);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  harness_.FinishUpdate(recorded->reply.update);
  EXPECT_EQ(harness_.Product("A-2").drift_size(), 0);
  AwaitSweep();
  EXPECT_EQ(harness_.Product("A-2").drift_size(), 0);
  EXPECT_EQ(harness_.Product("A-1").drift_size(), 0);
}

// F34
TEST_F(StockFixturesTest, AListThatDiffersFromTheRecordIsTold) {
  AddProducts(kTracked);
  AwaitSweep();
  EXPECT_EQ(harness_.status().disagreements(), 0u);
  SetFaults(R"({"list_single_differ":{"sku":"BW-001"}})");
  Await("the disagreement",
        [&] { return harness_.status().disagreements() > 0; });
  EXPECT_TRUE(absl::StrContains(harness_.status().doubt(), "product 42"));
  SetFaults(R"({"list_single_differ":null})");
  Await("agreement", [&] { return harness_.status().doubt().empty(); });
}

}  // namespace
}  // namespace qantara::server
