#include "server/inventory/latest_changes.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;

v1::InventoryChange Parse(const std::string& text) {
  v1::InventoryChange change;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &change));
  return change;
}

std::string Level(const v1::StockLevel& level) {
  return absl::StrCat(level.remote_id(), "@", level.location_id(), " ",
                      level.has_quantity() ? level.quantity() : "-",
                      level.has_previous_quantity()
                          ? absl::StrCat(" was ", level.previous_quantity())
                          : "",
                      " +", level.folded_changes());
}

// What comes out where these went in.
std::vector<std::string> Fold(const std::vector<std::string>& in) {
  LatestChanges latest;
  for (const std::string& text : in) latest.Add(Parse(text));
  std::vector<std::string> out;
  for (const v1::InventoryChange& change : latest.Take()) {
    if (change.has_change()) out.push_back("change " + Level(change.change()));
    if (change.has_row()) out.push_back("row " + Level(change.row()));
    if (change.has_removed()) {
      out.push_back("removed " + Level(change.removed().last()));
    }
    if (change.has_location()) {
      out.push_back(absl::StrCat("location ", change.location().name_en(),
                                 " was ",
                                 change.location().previous_name_en()));
    }
  }
  EXPECT_TRUE(latest.empty());
  return out;
}

constexpr char kFrom1To2[] =
    "change { remote_id: 'A' location_id: 'm' previous_quantity: '1' "
    "quantity: '2' }";
constexpr char kFrom2To3[] =
    "change { remote_id: 'A' location_id: 'm' previous_quantity: '2' "
    "quantity: '3' }";
constexpr char kNew1[] =
    "change { remote_id: 'A' location_id: 'm' quantity: '1' }";
constexpr char kRow1[] =
    "row { remote_id: 'A' location_id: 'm' quantity: '1' }";
constexpr char kRemoved1[] =
    "removed { last { remote_id: 'A' location_id: 'm' quantity: '1' } }";

TEST(LatestChangesTest, TheLatestStandsForAllAndKnowsTheFirst) {
  EXPECT_THAT(Fold({kFrom1To2, kFrom2To3}),
              ElementsAre("change A@m 3 was 1 +1"));
  EXPECT_THAT(Fold({kFrom1To2}), ElementsAre("change A@m 2 was 1 +0"));
}

TEST(LatestChangesTest, PlacesAndProductsAreApart) {
  EXPECT_THAT(
      Fold({kFrom1To2,
            "change { remote_id: 'A' location_id: 'n' quantity: '9' }",
            "change { remote_id: 'B' location_id: 'm' quantity: '8' }"}),
      ElementsAre("change A@m 2 was 1 +0", "change A@n 9 +0",
                  "change B@m 8 +0"));
}

TEST(LatestChangesTest, AFigureThatIsNewStaysNew) {
  EXPECT_THAT(Fold({kNew1, kFrom1To2}), ElementsAre("change A@m 2 +1"));
  EXPECT_THAT(Fold({kRow1, kFrom1To2}), ElementsAre("row A@m 2 +1"));
}

TEST(LatestChangesTest, AFigureThatCameBackWasThere) {
  EXPECT_THAT(Fold({kRemoved1, kNew1, kFrom1To2}),
              ElementsAre("change A@m 2 was 1 +2"));
}

TEST(LatestChangesTest, WhatCameAndWentIsCounted) {
  EXPECT_THAT(Fold({kNew1, kRemoved1}), ElementsAre("removed A@m 1 +1"));
}

TEST(LatestChangesTest, WhatChangedLastComesLast) {
  EXPECT_THAT(Fold({kFrom1To2, "change { remote_id: 'A' }", kFrom2To3}),
              ElementsAre("change A@ - +0", "change A@m 3 was 1 +1"));
}

TEST(LatestChangesTest, ALocationKeepsItsFirstNames) {
  EXPECT_THAT(Fold({"location { location_id: 'm' name_en: 'B' "
                    "previous_name_en: 'A' }",
                    "location { location_id: 'm' name_en: 'C' "
                    "previous_name_en: 'B' }"}),
              ElementsAre("location C was A"));
}

TEST(LatestChangesTest, ItsBoundIsTold) {
  LatestChanges latest;
  for (size_t i = 0; i < LatestChanges::kMaxFigures; ++i) {
    EXPECT_FALSE(latest.full());
    latest.Add(Parse(absl::StrCat("change { remote_id: '", i, "' }")));
  }
  EXPECT_TRUE(latest.full());
}

}  // namespace
}  // namespace qantara::server
