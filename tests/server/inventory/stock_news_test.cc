#include "server/inventory/stock_news.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Level(const v1::StockLevel& level) {
  return absl::StrCat(level.sku(), "@", level.location_id(), " ",
                      level.has_quantity() ? level.quantity() : "-",
                      level.has_previous_quantity()
                          ? absl::StrCat(" was ", level.previous_quantity())
                          : "",
                      level.has_observe_time() ? "" : " untimed",
                      level.floored() ? " 0!" : "");
}

std::string Text(const v1::InventoryChange& news) {
  if (news.has_change()) return "change " + Level(news.change());
  if (news.has_row()) return "row " + Level(news.row());
  if (news.has_location()) return "location " + news.location().name_en();
  std::string reason = v1::StockRemovedReason_Name(news.removed().reason());
  return absl::StrCat("removed ", Level(news.removed().last()), " ",
                      reason.substr(21));
}

StockFilter Filter(const std::string& text) {
  v1::InventoryFilter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter));
  auto made = StockFilter::Make(filter);
  EXPECT_TRUE(made.ok()) << made.status();
  return *made;
}

std::vector<std::string> News(const std::string& product,
                              const std::string& filter = "") {
  events::v1::Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat("stock_observed { observe_time { seconds: 5 } products { ",
                   "remote_id: '1' ", product, " } }"),
      &event));
  v1::InventoryChanges all;
  AddNews(event, Filter(filter), all.mutable_changes());
  std::vector<std::string> texts;
  for (const auto& news : all.changes()) texts.push_back(Text(news));
  return texts;
}

constexpr char kWithStock[] = "sku: 'A' state: STOCK_STATE_TRACKED_WITH_STOCK ";
constexpr char kMoved[] =
    "changes { location_id: 'm' previous_quantity: '7' quantity: '5' } ";

TEST(StockNewsTest, AFigureTellsWhatItWas) {
  EXPECT_THAT(News(absl::StrCat(kWithStock, kMoved)),
              ElementsAre("change A@m 5 was 7"));
  EXPECT_THAT(News(absl::StrCat(kWithStock,
                                "changes { location_id: 'm' quantity: '5' }")),
              ElementsAre("change A@m 5"));
}

TEST(StockNewsTest, AProductWithoutFiguresTellsItsState) {
  EXPECT_THAT(
      News("sku: 'A' state: STOCK_STATE_UNTRACKED changes { location_id: 'm' "
           "previous_quantity: '7' "
           "removed_reason: STOCK_REMOVED_REASON_UNTRACKED }"),
      ElementsAre("removed A@m 7 untimed UNTRACKED", "change A@ -"));
}

TEST(StockNewsTest, ALocationFilterLeavesOutStates) {
  EXPECT_THAT(News(absl::StrCat(kWithStock, kMoved), "location_ids: 'x'"),
              IsEmpty());
  EXPECT_THAT(
      News("sku: 'A' state: STOCK_STATE_UNTRACKED", "location_ids: 'm'"),
      IsEmpty());
}

TEST(StockNewsTest, WhoEntersTheFilterIsARowAndWhoLeavesItIsRemoved) {
  const std::string renamed = absl::StrCat(
      kWithStock, kMoved,
      "category_id: '9' before { sku: 'B' category_id: '8' } "
      "held { location_id: 'n' quantity: '3' previous_quantity: '3' }");
  EXPECT_THAT(News(renamed, "skus: 'A'"),
              ElementsAre("row A@m 5 was 7", "row A@n 3 untimed"));
  EXPECT_THAT(News(renamed, "skus: 'B'"),
              ElementsAre("removed B@m 7 untimed LEFT_FILTER",
                          "removed B@n 3 untimed LEFT_FILTER"));
  EXPECT_THAT(News(renamed, "category_ids: '9'"),
              ElementsAre("row A@m 5 was 7", "row A@n 3 untimed"));
  EXPECT_THAT(News(renamed, "remote_ids: '1'"),
              ElementsAre("change A@m 5 was 7", "change A@n 3 was 3 untimed"));
  EXPECT_THAT(News(renamed, "skus: 'C'"), IsEmpty());
}

TEST(StockNewsTest, AMappingCountsAsItWasThen) {
  const std::string mapped = absl::StrCat(
      kWithStock, "external_id: 'e' before { sku: 'A' } ",
      "held { location_id: 'n' quantity: '3' previous_quantity: '3' }");
  EXPECT_THAT(News(mapped, "external_ids: 'e'"),
              ElementsAre("row A@n 3 untimed"));
}

TEST(StockNewsTest, AStateLeavesTheFilterToo) {
  const std::string renamed =
      "sku: 'A' state: STOCK_STATE_UNTRACKED before { sku: 'B' }";
  EXPECT_THAT(News(renamed, "skus: 'A'"), ElementsAre("row A@ -"));
  EXPECT_THAT(News(renamed, "skus: 'B'"),
              ElementsAre("removed B@ - untimed LEFT_FILTER"));
}

TEST(StockNewsTest, BelowAQuantityIsComparedAsDecimals) {
  const auto moved = [](const std::string& was, const std::string& is) {
    return News(
        absl::StrCat(kWithStock, "changes { location_id: 'm' ",
                     "previous_quantity: '", was, "' quantity: '", is, "' }"),
        "below_quantity: '10.50'");
  };
  EXPECT_THAT(moved("12", "9"), ElementsAre("row A@m 9 was 12"));
  EXPECT_THAT(moved("9", "10.49"), ElementsAre("change A@m 10.49 was 9"));
  EXPECT_THAT(moved("9", "10.5"),
              ElementsAre("removed A@m 9 untimed LEFT_FILTER"));
  EXPECT_THAT(moved("11", "100"), IsEmpty());
  EXPECT_THAT(
      News("sku: 'A' state: STOCK_STATE_UNTRACKED", "below_quantity: '10.50'"),
      IsEmpty());
}

TEST(StockNewsTest, LocationsAreToldUnlessOthersAreNamed) {
  events::v1::Event event;
  auto& locations = *event.mutable_locations_observed();
  locations.add_locations()->set_location_id("m");
  locations.mutable_locations(0)->set_name_en("Main");
  v1::InventoryChanges all;
  AddNews(event, Filter("skus: 'A'"), all.mutable_changes());
  AddNews(event, Filter("location_ids: 'x'"), all.mutable_changes());
  ASSERT_EQ(all.changes_size(), 1);
  EXPECT_EQ(Text(all.changes(0)), "location Main");
}

TEST(StockNewsTest, NegativeQuantitiesAreFlooredAndMarked) {
  v1::InventoryChange news;
  news.mutable_change()->set_quantity("-2");
  news.mutable_change()->set_previous_quantity("-1");
  FloorAtZero(&news);
  EXPECT_EQ(Text(news), "change @ 0 was 0 untimed 0!");
  news.mutable_change()->set_quantity("3");
  news.mutable_change()->clear_floored();
  FloorAtZero(&news);
  EXPECT_FALSE(news.change().floored());
}

}  // namespace
}  // namespace qantara::server
