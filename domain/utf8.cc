#include "domain/utf8.h"

namespace qantara::domain {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<uint8_t>(byte) & 0xc0) == 0x80;
}

// Length of a character by its first byte; 0 for a byte that begins none.
size_t LengthOf(uint8_t first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

bool IsEncodable(uint32_t character, size_t length) {
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  return character >= kSmallest[length] && character <= 0x10ffff && !surrogate;
}

}  // namespace

uint32_t TakeCharacter(absl::string_view* text) {
  const auto first = static_cast<uint8_t>(text->front());
  const size_t length = LengthOf(first);
  if (length == 1) {
    text->remove_prefix(1);
    return first;
  }
  uint32_t character = length == 0 ? 0 : first & (0x7f >> length);
  bool whole = length > 0 && text->size() >= length;
  for (size_t i = 1; whole && i < length; ++i) {
    whole = IsContinuation((*text)[i]);
    character = character << 6 | (static_cast<uint8_t>((*text)[i]) & 0x3f);
  }
  if (!whole || !IsEncodable(character, length)) {
    text->remove_prefix(1);
    return kNoCharacter;
  }
  text->remove_prefix(length);
  return character;
}

void AppendCharacter(uint32_t character, std::string* text) {
  const auto tail = [&](int shift) {
    text->push_back(static_cast<char>(0x80 | (character >> shift & 0x3f)));
  };
  if (character < 0x80) {
    text->push_back(static_cast<char>(character));
  } else if (character < 0x800) {
    text->push_back(static_cast<char>(0xc0 | character >> 6));
    tail(0);
  } else if (character < 0x10000) {
    text->push_back(static_cast<char>(0xe0 | character >> 12));
    tail(6);
    tail(0);
  } else {
    text->push_back(static_cast<char>(0xf0 | character >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool IsValidUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (TakeCharacter(&text) == kNoCharacter) return false;
  }
  return true;
}

size_t CountCharacters(absl::string_view text) {
  size_t count = 0;
  for (const char byte : text) count += IsContinuation(byte) ? 0 : 1;
  return count;
}

absl::string_view FirstCharacters(absl::string_view text, size_t count) {
  if (text.size() <= count) return text;
  absl::string_view rest = text;
  for (; count > 0 && !rest.empty(); --count) TakeCharacter(&rest);
  return text.substr(0, text.size() - rest.size());
}

}  // namespace qantara::domain
