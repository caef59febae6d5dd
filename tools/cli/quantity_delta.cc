#include "tools/cli/quantity_delta.h"

#include <algorithm>
#include <optional>

#include "domain/decimal.h"

namespace qantara::tools {
namespace {

// A plain decimal: sign, and its digits with the point taken out.
struct Digits {
  bool negative = false;
  std::string digits;
  size_t fraction = 0;
};

std::optional<Digits> Read(absl::string_view text) {
  const std::optional<std::string> number = domain::ParseNumber(text);
  if (!number.has_value()) return std::nullopt;
  Digits read;
  for (const char c : *number) {
    if (c == '-') {
      read.negative = true;
    } else if (c == '.') {
      read.fraction = 1;
    } else {
      read.digits.push_back(c);
      if (read.fraction > 0) ++read.fraction;
    }
  }
  if (read.fraction > 0) --read.fraction;
  return read;
}

// Gives both the same number of digits before and behind the point.
void Align(Digits* left, Digits* right) {
  const size_t fraction = std::max(left->fraction, right->fraction);
  for (Digits* one : {left, right}) {
    one->digits.append(fraction - one->fraction, '0');
    one->fraction = fraction;
  }
  const size_t size = std::max(left->digits.size(), right->digits.size());
  for (Digits* one : {left, right}) {
    one->digits.insert(0, size - one->digits.size(), '0');
  }
}

// The sum of two magnitudes of the same length, one digit longer.
std::string Sum(const std::string& left, const std::string& right) {
  std::string sum(left.size() + 1, '0');
  int carry = 0;
  for (size_t i = left.size(); i-- > 0;) {
    const int digit = left[i] - '0' + right[i] - '0' + carry;
    sum[i + 1] = static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  sum[0] = static_cast<char>('0' + carry);
  return sum;
}

// `left` minus `right`, which is not larger and of the same length.
std::string Difference(const std::string& left, const std::string& right) {
  std::string difference(left.size(), '0');
  int borrow = 0;
  for (size_t i = left.size(); i-- > 0;) {
    int digit = left[i] - right[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    digit += 10 * borrow;
    difference[i] = static_cast<char>('0' + digit);
  }
  return difference;
}

std::string ToText(bool negative, std::string digits, size_t fraction) {
  if (fraction > 0) {
    digits.insert(digits.size() - fraction, 1, '.');
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return "";
  digits.erase(0, digits[first] == '.' ? first - 1 : first);
  return (negative ? "-" : "+") + digits;
}

}  // namespace

std::string QuantityDelta(absl::string_view before, absl::string_view now) {
  std::optional<Digits> from = Read(before);
  std::optional<Digits> to = Read(now);
  if (!from.has_value() || !to.has_value()) return "";
  Align(&*from, &*to);
  if (from->negative != to->negative) {
    return ToText(to->negative, Sum(from->digits, to->digits), to->fraction);
  }
  const bool larger = to->digits >= from->digits;
  const std::string difference = larger ? Difference(to->digits, from->digits)
                                        : Difference(from->digits, to->digits);
  return ToText(larger == to->negative, difference, to->fraction);
}

}  // namespace qantara::tools
