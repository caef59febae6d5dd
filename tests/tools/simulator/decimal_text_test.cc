#include "tools/simulator/decimal_text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace qantara::simulator {
namespace {

struct Case {
  const char* text;
  const char* price;  // Null: no decimal.
  const char* quantity;
};

TEST(DecimalTextTest, ReadsAndWritesWithoutLoss) {
  const std::vector<Case> cases = {
      {"25", "25.0", "25"},
      {"25.00", "25.0", "25"},
      {"-12.50", "-12.5", "-12.5"},
      {"0", "0.0", "0"},
      {"-0.05", "-0.05", "-0.05"},
      {"1e3", "1000.0", "1000"},
      {"12.5E-2", "0.125", "0.125"},
      {"007", "7.0", "7"},
      {"123456789012345678901234567.891", "123456789012345678901234567.891",
       "123456789012345678901234567.891"},
      {"", nullptr, nullptr},
      {"-", nullptr, nullptr},
      {".5", nullptr, nullptr},
      {"5.", nullptr, nullptr},
      {"1.2.3", nullptr, nullptr},
      {"12,50", nullptr, nullptr},
      {"1e99", nullptr, nullptr},
      {"1e", nullptr, nullptr},
      {"NaN", nullptr, nullptr},
      {"1234567890123456789012345678901", nullptr, nullptr},
  };
  for (const Case& c : cases) {
    const auto value = ParseDecimal(c.text);
    ASSERT_EQ(value.has_value(), c.price != nullptr) << c.text;
    if (!value) continue;
    EXPECT_EQ(PriceText(*value), c.price);
    EXPECT_EQ(QuantityText(*value), c.quantity);
  }
}

TEST(DecimalTextTest, AddsAcrossScales) {
  const auto sum = AddDecimals(*ParseDecimal("0.1"), *ParseDecimal("-0.35"));
  ASSERT_TRUE(sum.has_value());
  EXPECT_EQ(QuantityText(*sum), "-0.25");
  EXPECT_FALSE(AddDecimals(*ParseDecimal("1e29"), *ParseDecimal("0.001")));
}

TEST(DecimalTextTest, ComparesByValue) {
  const auto compare = [](const char* a, const char* b) {
    return CompareDecimals(*ParseDecimal(a), *ParseDecimal(b));
  };
  EXPECT_EQ(compare("25.0", "25.00"), 0);
  EXPECT_LT(compare("-1.5", "-1.25"), 0);
  EXPECT_GT(compare("1e29", "0.000000000000000000000000001"), 0);
}

}  // namespace
}  // namespace qantara::simulator
