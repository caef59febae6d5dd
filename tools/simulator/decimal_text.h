// Decimals as text: prices and stock figures never pass through a double.
#ifndef TOOLS_SIMULATOR_DECIMAL_TEXT_H_
#define TOOLS_SIMULATOR_DECIMAL_TEXT_H_

#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace qantara::simulator {

// `unscaled` / 10^`scale`, without trailing zeros after the point.
struct DecimalValue {
  absl::int128 unscaled = 0;
  int scale = 0;
};

// Reads "-12.50", "25", "1e3". Nothing for other text, and for more than
// kDecimalDigitsMax digits.
std::optional<DecimalValue> ParseDecimal(absl::string_view text);
inline constexpr int kDecimalDigitsMax = 30;

// Shortest form with a point, as Rails prints a decimal column: 25 is "25.0".
std::string PriceText(const DecimalValue& value);

// Shortest form: 120.0 is "120", 12.50 is "12.5".
std::string QuantityText(const DecimalValue& value);

// Nothing when the sum needs more than kDecimalDigitsMax digits.
std::optional<DecimalValue> AddDecimals(const DecimalValue& a,
                                        const DecimalValue& b);

// Negative, 0 or positive, as `a` is less than, equal to or more than `b`.
int CompareDecimals(const DecimalValue& a, const DecimalValue& b);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_DECIMAL_TEXT_H_
