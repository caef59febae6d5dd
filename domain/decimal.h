// Decimals as exact text: never through binary floats.
#ifndef QANTARA_DOMAIN_DECIMAL_H_
#define QANTARA_DOMAIN_DECIMAL_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// Bounds of a price.
inline constexpr int kMaxIntegerDigits = 15;
inline constexpr int kMaxFractionDigits = 6;

// Parses a price as clients write it: digits, optionally a point and digits;
// Arabic-Indic and Persian digits and the Arabic decimal separator are read as
// such. Returns it in ASCII digits with its scale kept ("25.00" stays "25.00")
// and without zeros in front ("007.5" is "7.5"). Nothing for a sign, an
// exponent, a comma, a bare point, outer space, or beyond the bounds.
std::optional<std::string> ParsePrice(absl::string_view text);

// Parses a number of a provider's answer: sign, digits, fraction, exponent.
// Returns plain decimal text without exponent, its scale kept; nothing where it
// is no number or has more than 40 digits. Zero has no sign.
std::optional<std::string> ParseNumber(absl::string_view text);

// Compares two plain decimals by value: -1, 0 or 1. "25.0" equals "25.00".
// Both must be of the form that the functions above return.
int CompareDecimals(absl::string_view left, absl::string_view right);

// Whether both are the same text, or numbers of the same value.
bool SameDecimal(absl::string_view left, absl::string_view right);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIMAL_H_
