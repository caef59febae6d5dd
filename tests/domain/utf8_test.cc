#include "domain/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace qantara::domain {
namespace {

TEST(Utf8Test, EveryCodePointComesBack) {
  for (uint32_t c = 0; c <= 0x10ffff; ++c) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    std::string text;
    AppendCharacter(c, &text);
    ASSERT_TRUE(IsValidUtf8(text)) << c;
    absl::string_view rest = text;
    ASSERT_EQ(TakeCharacter(&rest), c);
    ASSERT_TRUE(rest.empty()) << c;
  }
}

TEST(Utf8Test, RefusesWhatRfc3629Forbids) {
  const std::vector<std::string> cases = {
      "\x80",              // continuation alone
      "\xc0\xaf",          // overlong
      "\xc1\xbf",          // overlong
      "\xe0\x9f\xbf",      // overlong
      "\xf0\x8f\xbf\xbf",  // overlong
      "\xed\xa0\x80",      // surrogate
      "\xed\xbf\xbf",      // surrogate
      "\xf4\x90\x80\x80",  // above U+10FFFF
      "\xf5\x80\x80\x80",  // no such first byte
      "\xff",              // no such first byte
      "\xd9",              // cut off
      "\xe2\x82",          // cut off
      "\xd9\x41",          // followed by a letter
  };
  for (const std::string& text : cases) {
    EXPECT_FALSE(IsValidUtf8(text));
    EXPECT_FALSE(IsValidUtf8("a" + text + "b"));
  }
}

TEST(Utf8Test, AnInvalidByteIsTakenAlone) {
  absl::string_view rest = "\xe2\x82z";
  EXPECT_EQ(TakeCharacter(&rest), kNoCharacter);
  EXPECT_EQ(TakeCharacter(&rest), kNoCharacter);
  EXPECT_EQ(TakeCharacter(&rest), uint32_t{'z'});
  EXPECT_TRUE(rest.empty());
}

TEST(Utf8Test, CountsCharactersNotBytes) {
  EXPECT_EQ(CountCharacters(""), 0u);
  EXPECT_EQ(CountCharacters("abc"), 3u);
  EXPECT_EQ(CountCharacters("كوب"), 3u);
  EXPECT_EQ(CountCharacters("€😀"), 2u);
}

TEST(Utf8Test, CutsBetweenCharacters) {
  EXPECT_EQ(FirstCharacters("كوب", 2), "كو");
  EXPECT_EQ(FirstCharacters("كوب", 3), "كوب");
  EXPECT_EQ(FirstCharacters("كوب", 9), "كوب");
  EXPECT_EQ(FirstCharacters("abc", 0), "");
}

}  // namespace
}  // namespace qantara::domain
