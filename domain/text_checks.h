// What people cannot see in a text, and what two texts have in common.
#ifndef QANTARA_DOMAIN_TEXT_CHECKS_H_
#define QANTARA_DOMAIN_TEXT_CHECKS_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// Whether a reader would see nothing: empty, spaces, line breaks, controls and
// zero-width characters only.
bool IsBlank(absl::string_view text);

// Whether the text has outer space or an invisible character (zero width,
// directional marks, controls, no-break space ...). Ordinary spaces inside are
// fine; any other space looks like one and is not, so it counts as invisible.
bool HasInvisible(absl::string_view text);

// Says what HasInvisible found first, such as "has the invisible character
// U+200B at position 4"; positions are characters, from 1.
std::string DescribeInvisible(absl::string_view text);

// Returns the text in double quotes for a message, at most 40 characters of it,
// with the code point in braces for what cannot be seen, like {U+200B}.
std::string Quoted(absl::string_view text);

// The key under which SKUs are equal "only after normalisation": outer space
// and invisible characters removed, Latin letters in lower case, Arabic digits
// as ASCII digits.
std::string NormalizedSku(absl::string_view sku);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_TEXT_CHECKS_H_
