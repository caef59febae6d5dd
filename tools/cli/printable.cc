#include "tools/cli/printable.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/cli/catalog/utf8.h"

namespace qantara::tools {
namespace {

// Characters that set or override the direction of writing.
constexpr absl::string_view kDirection[] = {
    "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
    "\u202E", "\u2066", "\u2067", "\u2068", "\u2069",
};

// Length of the first character of `text`; 0 when it is not valid UTF-8.
size_t FirstLength(absl::string_view text) {
  for (size_t length = 1; length <= std::min<size_t>(4, text.size());
       ++length) {
    if (ValidUtf8Prefix(text.substr(0, length)) == length) return length;
  }
  return 0;
}

// `character` is one valid character.
bool IsHarmful(absl::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  // U+0080 to U+009F are controls too.
  if (first == 0xC2) return static_cast<unsigned char>(character[1]) < 0xA0;
  return std::find(std::begin(kDirection), std::end(kDirection), character) !=
         std::end(kDirection);
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t valid = FirstLength(text);
    const absl::string_view character =
        text.substr(0, std::max<size_t>(valid, 1));
    if (valid > 0 && !IsHarmful(character)) {
      absl::StrAppend(&out, character);
    } else {
      for (const char byte : character) {
        absl::StrAppendFormat(&out, "\\x%02X",
                              static_cast<unsigned char>(byte));
      }
    }
    text.remove_prefix(character.size());
  }
  return out;
}

std::string Grouped(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace qantara::tools
