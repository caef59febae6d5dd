#include "domain/text_checks.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/utf8.h"

namespace qantara::domain {
namespace {

constexpr size_t kMaxQuotedCharacters = 40;

struct Range {
  uint32_t first;
  uint32_t last;
};

// Controls, spaces that are not U+0020, and what Unicode calls default
// ignorable: it changes a text without changing how it looks. In order.
constexpr Range kInvisible[] = {
    {0x0000, 0x001f},  // C0 controls
    {0x007f, 0x00a0},  // DEL, C1 controls, no-break space
    {0x00ad, 0x00ad},  // soft hyphen
    {0x034f, 0x034f},  // combining grapheme joiner
    {0x061c, 0x061c},  // Arabic letter mark
    {0x115f, 0x1160},  // Hangul fillers
    {0x1680, 0x1680},  // Ogham space
    {0x17b4, 0x17b5},  // Khmer inherent vowels
    {0x180b, 0x180f},  // Mongolian separators
    {0x2000, 0x200f},  // spaces, zero width, directional marks
    {0x2028, 0x202f},  // separators, embeddings, narrow no-break space
    {0x205f, 0x206f},  // space, joiners, isolates
    {0x2800, 0x2800},  // Braille blank
    {0x3000, 0x3000},  // ideographic space
    {0x3164, 0x3164},  // Hangul filler
    {0xfe00, 0xfe0f},  // variation selectors
    {0xfeff, 0xfeff},  // byte order mark
    {0xffa0, 0xffa0},  // halfwidth Hangul filler
    {0xfff0, 0xfffb},  // interlinear annotations
    {0xfffe, 0xffff},  // noncharacters
    {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},  // tags, more variation selectors
    {kNoCharacter, kNoCharacter},
};

bool IsInvisible(uint32_t character) {
  if (character < 0x7f) return character < 0x20;
  const Range* const range =
      std::lower_bound(std::begin(kInvisible), std::end(kInvisible), character,
                       [](const Range& r, uint32_t c) { return r.last < c; });
  return range != std::end(kInvisible) && range->first <= character;
}

// Where a text begins to differ from what a reader sees.
struct Finding {
  size_t position = 0;  // From 1; 0: nothing found.
  uint32_t character = 0;
};

Finding FindInvisible(absl::string_view text) {
  Finding finding;
  absl::string_view rest = text;
  for (size_t position = 1; !rest.empty(); ++position) {
    const bool first = position == 1;
    const uint32_t character = TakeCharacter(&rest);
    const bool outer_space = character == ' ' && (first || rest.empty());
    if (outer_space || IsInvisible(character)) return {position, character};
  }
  return finding;
}

std::string CodeOf(uint32_t character) {
  if (character == kNoCharacter) return "invalid byte";
  return absl::StrFormat("U+%04X", character);
}

uint32_t LowerCaseOf(uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 0x20;
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 0x20;
  return c;
}

uint32_t AsciiDigitOf(uint32_t c) {
  if (c >= 0x0660 && c <= 0x0669) return c - 0x0660 + '0';
  if (c >= 0x06f0 && c <= 0x06f9) return c - 0x06f0 + '0';
  return c;
}

}  // namespace

bool IsBlank(absl::string_view text) {
  while (!text.empty()) {
    const uint32_t character = TakeCharacter(&text);
    if (character != ' ' && !IsInvisible(character)) return false;
  }
  return true;
}

bool HasInvisible(absl::string_view text) {
  return FindInvisible(text).position != 0;
}

std::string DescribeInvisible(absl::string_view text) {
  const Finding finding = FindInvisible(text);
  if (finding.position == 0) return "has no invisible character";
  if (finding.character == ' ') {
    return finding.position == 1 ? "begins with a space" : "ends with a space";
  }
  return absl::StrCat("has the invisible character ", CodeOf(finding.character),
                      " at position ", finding.position);
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  size_t characters = 0;
  while (!text.empty() && characters < kMaxQuotedCharacters) {
    ++characters;
    const uint32_t character = TakeCharacter(&text);
    if (IsInvisible(character)) {
      absl::StrAppend(&quoted, "{", CodeOf(character), "}");
    } else {
      AppendCharacter(character, &quoted);
    }
  }
  quoted += text.empty() ? "\"" : "...\"";
  return quoted;
}

std::string NormalizedSku(absl::string_view sku) {
  std::string key;
  key.reserve(sku.size());
  while (!sku.empty()) {
    const uint32_t character = TakeCharacter(&sku);
    if (IsInvisible(character)) continue;
    if (character == ' ' && key.empty()) continue;
    AppendCharacter(AsciiDigitOf(LowerCaseOf(character)), &key);
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

}  // namespace qantara::domain
