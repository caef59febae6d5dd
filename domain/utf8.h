// UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above
// U+10FFFF.
#ifndef QANTARA_DOMAIN_UTF8_H_
#define QANTARA_DOMAIN_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// What TakeCharacter returns for a byte that belongs to no valid character.
inline constexpr uint32_t kNoCharacter = 0xffffffff;

// Takes the first character from the front of `text`, which must not be empty,
// and returns its code point; where there is none, takes one byte.
uint32_t TakeCharacter(absl::string_view* text);

// Appends a code point, which must not be a surrogate nor above 0x10FFFF.
void AppendCharacter(uint32_t character, std::string* text);

bool IsValidUtf8(absl::string_view text);

// Counts code points; a byte that belongs to no character may count as one.
size_t CountCharacters(absl::string_view text);

// Returns at most `count` characters from the front of `text`.
absl::string_view FirstCharacters(absl::string_view text, size_t count);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_UTF8_H_
