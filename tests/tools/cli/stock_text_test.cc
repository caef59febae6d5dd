#include "tools/cli/stock_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tools/cli/quantity_delta.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Lines(const std::string& text, bool colours = false) {
  v1::WatchInventoryResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return StockLines(message, colours);
}

TEST(QuantityDeltaTest, IsExactAndSigned) {
  EXPECT_EQ(QuantityDelta("12", "15"), "+3");
  EXPECT_EQ(QuantityDelta("15", "12"), "-3");
  EXPECT_EQ(QuantityDelta("12", "-2"), "-14");
  EXPECT_EQ(QuantityDelta("-2", "12"), "+14");
  EXPECT_EQ(QuantityDelta("-2", "-5.5"), "-3.5");
  EXPECT_EQ(QuantityDelta("-5.5", "-2"), "+3.5");
  EXPECT_EQ(QuantityDelta("0.30", "0.1"), "-0.2");
  EXPECT_EQ(QuantityDelta("999999999999999.999", "1000000000000000"), "+0.001");
  EXPECT_EQ(QuantityDelta("99.5", "-0.5"), "-100");
  EXPECT_EQ(QuantityDelta("7", "7.00"), "");
  EXPECT_EQ(QuantityDelta("0", "-0.0"), "");
  EXPECT_EQ(QuantityDelta("x", "1"), "");
  EXPECT_EQ(QuantityDelta("1", ""), "");
}

TEST(StockLinesTest, EveryKindOfNewsIsALine) {
  const auto lines = Lines(
      "changes { changes { change { sku: 'A' location_id: '3' quantity: '15' "
      "previous_quantity: '12' folded_changes: 2 } } "
      "changes { removed { last { sku: 'B' location_id: '3' quantity: '1' } "
      "reason: STOCK_REMOVED_REASON_LEFT_FILTER } } "
      "changes { row { remote_id: '9' location_id: '4' quantity: '0' "
      "floored: true } } "
      "changes { location { location_id: '4' name_en: 'North' "
      "previous_name_en: 'South' } } }");
  EXPECT_THAT(
      lines,
      ElementsAre(HasSubstr("location 3  12 -> 15  (+3)  3 changes"),
                  HasSubstr("removed (LEFT_FILTER)"),
                  HasSubstr("0  below zero"), "location 4  North  was South"));
}

TEST(StockLinesTest, ColoursAreForTerminalsOnly) {
  const std::string message =
      "changes { changes { change { sku: 'A' quantity: '1' "
      "previous_quantity: '2' } } }";
  EXPECT_THAT(Lines(message), ElementsAre(HasSubstr("2 -> 1  (-1)")));
  EXPECT_THAT(Lines(message, true),
              ElementsAre(HasSubstr("2 -> 1  \033[31m(-1)\033[0m")));
}

TEST(StockLinesTest, WhatIsNoFigureHasNoLine) {
  EXPECT_THAT(Lines("caught_up { position: 1 }"), IsEmpty());
  EXPECT_THAT(Lines("heartbeat { position: 1 }"), IsEmpty());
}

}  // namespace
}  // namespace qantara::tools
