#include "tools/simulator/decimal_text.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace qantara::simulator {
namespace {

absl::int128 TenTo(int exponent) {
  absl::int128 value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

int DigitCount(absl::int128 value) {
  int digits = 0;
  for (; value != 0; value /= 10) ++digits;
  return digits;
}

std::optional<DecimalValue> Normalized(absl::int128 unscaled, int scale) {
  while (scale > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --scale;
  }
  if (scale < 0) {
    if (DigitCount(unscaled) - scale > kDecimalDigitsMax) return std::nullopt;
    unscaled *= TenTo(-scale);
    scale = 0;
  }
  if (scale > kDecimalDigitsMax || DigitCount(unscaled) > kDecimalDigitsMax) {
    return std::nullopt;
  }
  return DecimalValue{unscaled, scale};
}

// Splits "1.5e3" into "1.5" and 3. False when the exponent is no small number.
bool SplitExponent(absl::string_view* text, int* exponent) {
  *exponent = 0;
  const size_t e = text->find_first_of("eE");
  if (e == absl::string_view::npos) return true;
  absl::string_view digits = text->substr(e + 1);
  if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
  if (!absl::SimpleAtoi(digits, exponent)) return false;
  *text = text->substr(0, e);
  return std::abs(*exponent) <= kDecimalDigitsMax;
}

std::string Digits(const DecimalValue& value, int places) {
  const bool negative = value.unscaled < 0;
  absl::int128 rest = negative ? -value.unscaled : value.unscaled;
  for (int i = value.scale; i < places; ++i) rest *= 10;
  std::string reversed;
  for (int i = 0; i <= places || rest != 0; ++i) {
    if (i == places && places > 0) reversed.push_back('.');
    reversed.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  if (negative) reversed.push_back('-');
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

}  // namespace

std::optional<DecimalValue> ParseDecimal(absl::string_view text) {
  int exponent = 0;
  if (!SplitExponent(&text, &exponent)) return std::nullopt;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  absl::int128 unscaled = 0;
  int scale = 0;
  int digits = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
      continue;
    }
    if (!std::isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    if (++digits > kDecimalDigitsMax) return std::nullopt;
    unscaled = unscaled * 10 + (c - '0');
    if (point) ++scale;
  }
  if (digits == 0 || text.back() == '.') return std::nullopt;
  return Normalized(negative ? -unscaled : unscaled, scale - exponent);
}

std::string PriceText(const DecimalValue& value) {
  return Digits(value, std::max(value.scale, 1));
}

std::string QuantityText(const DecimalValue& value) {
  return Digits(value, value.scale);
}

std::optional<DecimalValue> AddDecimals(const DecimalValue& a,
                                        const DecimalValue& b) {
  const int scale = std::max(a.scale, b.scale);
  for (const DecimalValue* v : {&a, &b}) {
    if (DigitCount(v->unscaled) + scale - v->scale > kDecimalDigitsMax) {
      return std::nullopt;
    }
  }
  return Normalized(
      a.unscaled * TenTo(scale - a.scale) + b.unscaled * TenTo(scale - b.scale),
      scale);
}

int CompareDecimals(const DecimalValue& a, const DecimalValue& b) {
  // Integer parts first, so that no product can overflow.
  const absl::int128 whole_a = a.unscaled / TenTo(a.scale);
  const absl::int128 whole_b = b.unscaled / TenTo(b.scale);
  if (whole_a != whole_b) return whole_a < whole_b ? -1 : 1;
  const int scale = std::max(a.scale, b.scale);
  const absl::int128 rest_a =
      (a.unscaled % TenTo(a.scale)) * TenTo(scale - a.scale);
  const absl::int128 rest_b =
      (b.unscaled % TenTo(b.scale)) * TenTo(scale - b.scale);
  if (rest_a == rest_b) return 0;
  return rest_a < rest_b ? -1 : 1;
}

}  // namespace qantara::simulator
