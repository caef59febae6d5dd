#include "domain/observe/stock_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Record(const std::string& id, const std::string& stock) {
  return absl::StrCat("id: '", id, "' sku: 'S", id,
                      "' track_quantity: true stock_told: true ", stock);
}

std::string At(const std::string& location, const std::string& name,
               const std::string& quantity) {
  return absl::StrCat("stock { location_id: '", location, "' name_en: '", name,
                      "' quantity: '", quantity, "' } ");
}

RecordStock Reading(const std::vector<std::string>& records,
                    std::vector<std::string> gone_ids = {}) {
  RecordStock command;
  command.connection = kConnection;
  for (const std::string& record : records) {
    command.products.push_back(FromText<v1::RemoteProduct>(record));
  }
  command.gone_ids = std::move(gone_ids);
  return command;
}

// Ids of what is kept, those of gone products behind a minus.
std::vector<std::string> Kept(const RecordStock& command,
                              const Scenario& scenario) {
  const auto kept = KeepNews(command, scenario.tables());
  EXPECT_TRUE(kept.ok()) << kept.status();
  std::vector<std::string> ids;
  for (const v1::RemoteProduct& product : kept->products) {
    ids.push_back(product.id());
  }
  for (const std::string& id : kept->gone_ids) ids.push_back("-" + id);
  return ids;
}

class StockReadingTest : public ::testing::Test {
 protected:
  StockReadingTest() {
    EXPECT_TRUE(scenario_
                    .Do(Reading({Record("1", At("3", "Main", "5")),
                                 Record("2", At("3", "Main", "0")),
                                 "id: '9' track_quantity: false"}))
                    .ok());
  }
  Scenario scenario_;
};

TEST_F(StockReadingTest, AReadingWithoutNewsKeepsNothing) {
  EXPECT_THAT(Kept(Reading({Record("1", At("3", "Main", "5.0")),
                            Record("2", At("3", "Main", "0")),
                            "id: '9' track_quantity: false"},
                           {"404"}),
                   scenario_),
              IsEmpty());
}

TEST_F(StockReadingTest, MovedNewAndGoneProductsAreKept) {
  EXPECT_THAT(
      Kept(Reading({Record("1", At("3", "Main", "5")),
                    Record("2", At("3", "Main", "-1")), Record("8", "")},
                   {"9", "404"}),
           scenario_),
      ElementsAre("2", "8", "-9"));
}

TEST_F(StockReadingTest, WhoNamesALocationInANewWayIsKept) {
  EXPECT_THAT(
      Kept(Reading({Record("1", At("3", "New", "5")), "id: '9' sku: 'S'"}),
           scenario_),
      ElementsAre("1", "9"));
}

// Otherwise the name that was overruled would be told.
TEST_F(StockReadingTest, WhoOverrulesANameIsKept) {
  EXPECT_THAT(Kept(Reading({Record("1", At("3", "New", "6")),
                            Record("2", At("3", "Main", "0"))}),
                   scenario_),
              ElementsAre("1", "2"));
}

TEST_F(StockReadingTest, AProductThatIsMappedSinceIsKept) {
  ASSERT_TRUE(Imported("i", {Line("sku: 'S1'")})(scenario_).ok());
  ASSERT_TRUE(Created("i", 1, "1")(scenario_).ok());
  EXPECT_THAT(Kept(Reading({Record("1", At("3", "Main", "5")),
                            Record("2", At("3", "Main", "0"))}),
                   scenario_),
              ElementsAre("1"));
}

// A reading of anything, over a few products, locations and names.
class AnyReading {
 public:
  explicit AnyReading(uint64_t seed) : random_(seed) {}

  RecordStock Next() {
    std::vector<std::string> records;
    for (size_t i = 0; i < 4; ++i) records.push_back(AnyRecord());
    return Reading(records, {Pick({"1", "2", "3", "4"})});
  }

 private:
  std::string Pick(const std::vector<std::string>& texts) {
    return texts[random_() % texts.size()];
  }

  std::string AnyRecord() {
    const std::string id = Pick({"1", "2", "3"});
    switch (random_() % 6) {
      case 0:
        return absl::StrCat("id: '", id, "' track_quantity: false");
      case 1:
        return absl::StrCat("id: '", id, "' sku: '", Pick({"S", "T"}), "'");
      default:
        break;
    }
    std::string stock;
    for (const char* location : {"3", "4", "3"}) {
      if (random_() % 2 == 0) continue;
      stock += At(location, Pick({"Main", "Main", "New", ""}),
                  Pick({"5", "5.0", "-1", "0"}));
    }
    return Record(id, stock);
  }

  std::mt19937_64 random_;
};

std::string TextOf(const Events& events) {
  std::string text;
  for (const PendingEvent& event : events) {
    absl::StrAppend(&text, event.event.ShortDebugString(), "\n");
  }
  return text;
}

TEST(AnyStockReadingTest, WhatIsKeptGivesTheEventsOfTheWhole) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Scenario scenario;
    AnyReading any(seed);
    for (int i = 0; i < 12; ++i) {
      const RecordStock whole = any.Next();
      const auto kept = KeepNews(whole, scenario.tables());
      ASSERT_TRUE(kept.ok());
      const auto of_kept = Decide(*kept, scenario.tables(), {});
      const auto of_whole = Decide(whole, scenario.tables(), {});
      ASSERT_TRUE(of_kept.ok() && of_whole.ok());
      ASSERT_EQ(TextOf(of_kept->events), TextOf(of_whole->events)) << seed;
      if (of_whole->events.empty()) {
        ASSERT_TRUE(kept->products.empty() && kept->gone_ids.empty());
      }
      scenario.Commit(of_whole->events);
    }
    ASSERT_EQ(scenario.CheckLog(), std::vector<std::string>());
  }
}

}  // namespace
}  // namespace qantara::domain
