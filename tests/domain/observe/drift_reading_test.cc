#include "domain/observe/drift_reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DriftReadingTest : public ::testing::Test {
 protected:
  DriftReadingTest() {
    const Step import = Imported("i", {Line("sku: 'A' selling_price: '1'"),
                                       Line("sku: 'B' selling_price: '2'")});
    EXPECT_TRUE(import(scenario_).ok());
    EXPECT_TRUE(Created("i", 1, "7")(scenario_).ok());
    EXPECT_TRUE(Created("i", 2, "8")(scenario_).ok());
  }

  RecordDrift Reading(const std::vector<std::string>& records) const {
    RecordDrift command;
    command.connection = kConnection;
    command.began = scenario_.head();
    for (const std::string& record : records) {
      command.products.push_back(FromText<v1::RemoteProduct>(record));
    }
    return command;
  }

  std::vector<std::string> Kept(const RecordDrift& command) const {
    const auto kept = KeepNews(command, scenario_.tables());
    EXPECT_TRUE(kept.ok()) << kept.status();
    std::vector<std::string> ids;
    for (const v1::RemoteProduct& record : kept->products) {
      ids.push_back(record.id());
    }
    return ids;
  }

  Scenario scenario_;
};

TEST_F(DriftReadingTest, OnlyWhatDriftedIsKept) {
  EXPECT_THAT(Kept(Reading({"id: '7' selling_price: '1.00'",
                            "id: '8' selling_price: '3'",
                            "id: '9' selling_price: '3'"})),
              ElementsAre("8"));
}

TEST_F(DriftReadingTest, WhatIsKnownIsNotKeptAndWhatIsOverIs) {
  const RecordDrift drifted =
      Reading({"id: '7' selling_price: '5'", "id: '8' selling_price: '6'"});
  ASSERT_TRUE(scenario_.Do(drifted).ok());
  EXPECT_THAT(Kept(Reading({"id: '7' selling_price: '5'",
                            "id: '8' selling_price: '2'"})),
              ElementsAre("8"));
}

// Its page was asked for before the drift was recorded.
TEST_F(DriftReadingTest, AnOlderPageKeepsNothing) {
  const RecordDrift before = Reading({"id: '7' selling_price: '1'"});
  ASSERT_TRUE(scenario_.Do(Reading({"id: '7' selling_price: '5'"})).ok());
  EXPECT_THAT(Kept(before), IsEmpty());
}

}  // namespace
}  // namespace qantara::domain
