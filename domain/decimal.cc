#include "domain/decimal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/utf8.h"

namespace qantara::domain {
namespace {

constexpr size_t kMaxNumberDigits = 40;
constexpr size_t kMaxExponentDigits = 3;
// Each digit of a price, and its point, takes at most two bytes.
constexpr size_t kMaxPriceBytes =
    2 * (kMaxIntegerDigits + 1 + kMaxFractionDigits);
constexpr uint32_t kArabicDecimalSeparator = 0x066b;

constexpr bool IsDigit(uint32_t c) { return c >= '0' && c <= '9'; }

// Value of an ASCII, Arabic-Indic or Persian digit; -1 for anything else.
int DigitOf(uint32_t character) {
  for (const uint32_t zero :
       {uint32_t{'0'}, uint32_t{0x0660}, uint32_t{0x06f0}}) {
    if (character >= zero && character <= zero + 9) {
      return static_cast<int>(character - zero);
    }
  }
  return -1;
}

absl::string_view TakeDigits(absl::string_view* text) {
  const auto end = std::find_if_not(text->begin(), text->end(), [](char c) {
    return IsDigit(static_cast<uint8_t>(c));
  });
  const absl::string_view digits = text->substr(0, end - text->begin());
  text->remove_prefix(digits.size());
  return digits;
}

// Takes an optional sign; returns whether it is a minus.
bool TakeMinus(absl::string_view* text) {
  if (absl::ConsumePrefix(text, "-")) return true;
  absl::ConsumePrefix(text, "+");
  return false;
}

// Removes zeros in front, except the last digit before the point.
absl::string_view WithoutLeadingZeros(absl::string_view text) {
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') {
    text.remove_prefix(1);
  }
  return text;
}

// Takes an exponent where there is one; nothing where it is malformed.
std::optional<int> TakeExponent(absl::string_view* text) {
  if (!absl::ConsumePrefix(text, "e") && !absl::ConsumePrefix(text, "E")) {
    return 0;
  }
  const bool minus = TakeMinus(text);
  const absl::string_view digits = TakeDigits(text);
  const absl::string_view wanted = WithoutLeadingZeros(digits);
  if (digits.empty() || wanted.size() > kMaxExponentDigits) return std::nullopt;
  int exponent = 0;
  for (const char c : wanted) exponent = 10 * exponent + (c - '0');
  return minus ? -exponent : exponent;
}

// Moves the point of `digits` so that `scale` of them stand behind it; nothing
// where that takes more digits than the bound.
std::optional<std::string> PlacePoint(std::string digits, int scale) {
  if (scale < 0) {
    if (-scale > static_cast<int>(kMaxNumberDigits)) return std::nullopt;
    digits.append(-scale, '0');
    scale = 0;
  }
  const auto behind = static_cast<size_t>(scale);
  if (behind >= kMaxNumberDigits) return std::nullopt;
  if (digits.size() <= behind) {
    digits.insert(0, behind + 1 - digits.size(), '0');
  }
  const size_t before = digits.size() - behind;
  if (behind > 0) digits.insert(before, 1, '.');
  const absl::string_view text = WithoutLeadingZeros(digits);
  if (text.size() - (behind > 0 ? 1 : 0) > kMaxNumberDigits) {
    return std::nullopt;
  }
  return std::string(text);
}

// A plain decimal without anything that does not change its value.
struct Canonical {
  bool negative = false;
  absl::string_view integer;   // Without leading zeros: empty for 0.
  absl::string_view fraction;  // Without trailing zeros.
};

Canonical CanonicalOf(absl::string_view text) {
  Canonical result;
  result.negative = TakeMinus(&text);
  result.integer = TakeDigits(&text);
  absl::ConsumePrefix(&text, ".");
  result.fraction = TakeDigits(&text);
  while (absl::ConsumePrefix(&result.integer, "0")) {
  }
  while (absl::ConsumeSuffix(&result.fraction, "0")) {
  }
  if (result.integer.empty() && result.fraction.empty()) {
    result.negative = false;
  }
  return result;
}

int Sign(int order) { return order < 0 ? -1 : (order > 0 ? 1 : 0); }

int CompareMagnitudes(const Canonical& left, const Canonical& right) {
  if (left.integer.size() != right.integer.size()) {
    return left.integer.size() < right.integer.size() ? -1 : 1;
  }
  const int order = left.integer.compare(right.integer);
  return Sign(order != 0 ? order : left.fraction.compare(right.fraction));
}

}  // namespace

std::optional<std::string> ParsePrice(absl::string_view text) {
  if (text.size() > kMaxPriceBytes) return std::nullopt;
  std::string price;
  int digits[2] = {0, 0};  // Before and behind the point.
  bool point = false;
  while (!text.empty()) {
    const uint32_t c = TakeCharacter(&text);
    if (const int digit = DigitOf(c); digit >= 0) {
      price.push_back(static_cast<char>('0' + digit));
      ++digits[point ? 1 : 0];
    } else if ((c == '.' || c == kArabicDecimalSeparator) && !point) {
      price.push_back('.');
      point = true;
    } else {
      return std::nullopt;
    }
  }
  const bool in_bounds = digits[0] >= 1 && digits[0] <= kMaxIntegerDigits &&
                         digits[1] >= (point ? 1 : 0) &&
                         digits[1] <= kMaxFractionDigits;
  if (!in_bounds) return std::nullopt;
  price.erase(0, price.size() - WithoutLeadingZeros(price).size());
  return price;
}

std::optional<std::string> ParseNumber(absl::string_view text) {
  const bool minus = TakeMinus(&text);
  const absl::string_view integer = TakeDigits(&text);
  if (integer.empty()) return std::nullopt;
  absl::string_view fraction;
  if (absl::ConsumePrefix(&text, ".")) {
    fraction = TakeDigits(&text);
    if (fraction.empty()) return std::nullopt;
  }
  const std::optional<int> exponent = TakeExponent(&text);
  if (!exponent.has_value() || !text.empty() ||
      integer.size() + fraction.size() > kMaxNumberDigits) {
    return std::nullopt;
  }
  std::optional<std::string> number =
      PlacePoint(absl::StrCat(integer, fraction),
                 static_cast<int>(fraction.size()) - *exponent);
  const bool zero = number.has_value() &&
                    number->find_first_not_of("0.") == std::string::npos;
  if (number.has_value() && minus && !zero) number->insert(0, 1, '-');
  return number;
}

int CompareDecimals(absl::string_view left, absl::string_view right) {
  const Canonical a = CanonicalOf(left);
  const Canonical b = CanonicalOf(right);
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  return a.negative ? CompareMagnitudes(b, a) : CompareMagnitudes(a, b);
}

bool SameDecimal(absl::string_view left, absl::string_view right) {
  if (left == right) return true;
  const std::optional<std::string> a = ParseNumber(left);
  const std::optional<std::string> b = ParseNumber(right);
  return a.has_value() && b.has_value() && CompareDecimals(*a, *b) == 0;
}

}  // namespace qantara::domain
