#include "domain/decimal.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace qantara::domain {
namespace {

constexpr int kRandomTexts = 200'000;

struct Reading {
  std::string text;
  std::optional<std::string> value;
};

TEST(ParsePriceTest, ReadsPlainDecimalsOnly) {
  const std::vector<Reading> cases = {
      {"25.00", "25.00"},
      {"25.0", "25.0"},
      {"25", "25"},
      {"0", "0"},
      {"0.000001", "0.000001"},
      {"007.5", "7.5"},
      {"000", "0"},
      {"00.10", "0.10"},
      {"123456789012345.123456", "123456789012345.123456"},
      {"٢٥٫٠٠", "25.00"},
      {"٢٥.٠٠", "25.00"},
      {"25٫5", "25.5"},
      {"۱۲۳۴۵۶۷۸۹۰", "1234567890"},
      {"١٢٣٤٥٦٧٨٩٠١٢٣٤٥٫١٢٣٤٥٦", "123456789012345.123456"},
      {"", std::nullopt},
      {" ", std::nullopt},
      {"12,50", std::nullopt},
      {"1,250.00", std::nullopt},
      {"١٬٢٥٠", std::nullopt},
      {"1e3", std::nullopt},
      {"-1", std::nullopt},
      {"+5", std::nullopt},
      {" 5", std::nullopt},
      {"5 ", std::nullopt},
      {"5\n", std::nullopt},
      {std::string("5\0", 2), std::nullopt},
      {".5", std::nullopt},
      {"5.", std::nullopt},
      {".", std::nullopt},
      {"1.2.3", std::nullopt},
      {"1٫2.3", std::nullopt},
      {"0x10", std::nullopt},
      {"NaN", std::nullopt},
      {"25 SAR", std::nullopt},
      {"２５", std::nullopt},  // full width digits
      {"\xd9", std::nullopt},
      {"1234567890123456", std::nullopt},  // 16 digits
      {"1.1234567", std::nullopt},         // 7 decimals
      {std::string(1'000'000, '1'), std::nullopt},
  };
  for (const Reading& c : cases) {
    EXPECT_EQ(ParsePrice(c.text), c.value) << c.text.substr(0, 60);
  }
}

TEST(ParseNumberTest, ReadsWhatProvidersAnswer) {
  const std::string forty(40, '7');
  const std::vector<Reading> cases = {
      {"25.0", "25.0"},
      {"1000.00", "1000.00"},
      {"0", "0"},
      {"-0", "0"},
      {"-0.00", "0.00"},
      {"-12.5", "-12.5"},
      {"+3", "3"},
      {"007", "7"},
      {"-007.10", "-7.10"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"0.25e2", "25"},
      {"0.2550e2", "25.50"},
      {"1.50e1", "15.0"},
      {"1.5e-3", "0.0015"},
      {"25e-2", "0.25"},
      {"1e0003", "1000"},
      {"0e5", "0"},
      {"25.000000000000004", "25.000000000000004"},
      {forty, forty},
      {forty + "1", std::nullopt},
      {"1e39", "1" + std::string(39, '0')},
      {"1e40", std::nullopt},
      {"1e-39", "0." + std::string(38, '0') + "1"},
      {"1e-40", std::nullopt},
      {"1e999", std::nullopt},
      {"1e-999", std::nullopt},
      {"1e99999999999999999999", std::nullopt},
      {"", std::nullopt},
      {"-", std::nullopt},
      {"--1", std::nullopt},
      {"+-1", std::nullopt},
      {".5", std::nullopt},
      {"5.", std::nullopt},
      {"1e", std::nullopt},
      {"1e+", std::nullopt},
      {"1e5.0", std::nullopt},
      {" 1", std::nullopt},
      {"1 ", std::nullopt},
      {"1,5", std::nullopt},
      {"null", std::nullopt},
      {"Infinity", std::nullopt},
      {"٥", std::nullopt},
  };
  for (const Reading& c : cases) {
    EXPECT_EQ(ParseNumber(c.text), c.value) << c.text;
  }
}

struct Comparison {
  std::string left;
  std::string right;
  int order;
};

TEST(CompareDecimalsTest, ComparesByValue) {
  const std::vector<Comparison> cases = {
      {"25.0", "25.00", 0},
      {"25", "25.000000", 0},
      {"0", "0.00", 0},
      {"-0.0", "0", 0},
      {"10", "9", 1},
      {"9", "10", -1},
      {"1.05", "1.5", -1},
      {"1.5", "1.49999", 1},
      {"0.1", "0.09", 1},
      {"-1", "1", -1},
      {"-1", "0", -1},
      {"0", "-0.01", 1},
      {"-2", "-10", 1},
      {"-1.5", "-1.4", -1},
      {"9007199254740993", "9007199254740992", 1},  // equal as doubles
      {"0.1", "0.10000000000000001", -1},           // equal as doubles
  };
  for (const Comparison& c : cases) {
    EXPECT_EQ(CompareDecimals(c.left, c.right), c.order)
        << c.left << " " << c.right;
    EXPECT_EQ(CompareDecimals(c.right, c.left), -c.order)
        << c.left << " " << c.right;
  }
}

TEST(SameDecimalTest, ComparesTextWhereThereIsNoNumber) {
  EXPECT_TRUE(SameDecimal("25", "25.00"));
  EXPECT_TRUE(SameDecimal("2.5e1", "25"));
  EXPECT_FALSE(SameDecimal("25", "26"));
  EXPECT_TRUE(SameDecimal("", ""));
  EXPECT_TRUE(SameDecimal("n/a", "n/a"));
  EXPECT_FALSE(SameDecimal("", "0"));
  EXPECT_FALSE(SameDecimal("n/a", "0"));
}

// Integers with a scale are the model that exact decimals must agree with.
TEST(CompareDecimalsTest, AgreesWithIntegersOfOneScale) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<int64_t> cents(-20'000, 20'000);
  const auto write = [](int64_t value) {
    const std::string digits = std::to_string(std::abs(value) + 1'000'000);
    const std::string plain = digits.substr(1, 4) + "." + digits.substr(5);
    return *ParseNumber((value < 0 ? "-" : "") + plain);
  };
  for (int i = 0; i < kRandomTexts; ++i) {
    const int64_t a = cents(random);
    const int64_t b = i % 10 == 0 ? a : cents(random);
    ASSERT_EQ(CompareDecimals(write(a), write(b)), (a > b) - (a < b))
        << a << " " << b;
  }
}

TEST(DecimalPropertiesTest, RandomTextsGiveCanonicalNumbersOrNothing) {
  const std::vector<std::string> pieces = {"0", "1",    "9", ".", "٫", "٠",
                                           "۹", "-",    "+", "e", "E", ",",
                                           " ", "\xd9", "x", "00"};
  std::mt19937_64 random(11);
  for (int i = 0; i < kRandomTexts; ++i) {
    std::string text;
    for (size_t n = random() % 9; n > 0; --n) {
      text += pieces[random() % pieces.size()];
    }
    if (const auto price = ParsePrice(text); price.has_value()) {
      // A price is canonical, a number, and keeps its value.
      ASSERT_EQ(ParsePrice(*price), price) << text;
      ASSERT_EQ(ParseNumber(*price), price) << text;
      ASSERT_GE(CompareDecimals(*price, "0"), 0) << text;
    }
    if (const auto number = ParseNumber(text); number.has_value()) {
      ASSERT_EQ(ParseNumber(*number), number) << text;
      ASSERT_EQ(CompareDecimals(*number, *number), 0) << text;
      const std::string longer =
          number->find('.') == std::string::npos ? ".000" : "000";
      ASSERT_EQ(CompareDecimals(*number, *number + longer), 0) << text;
    }
  }
}

}  // namespace
}  // namespace qantara::domain
