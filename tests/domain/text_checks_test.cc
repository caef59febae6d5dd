#include "domain/text_checks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/utf8.h"

namespace qantara::domain {
namespace {

// Every character that a SKU must not have, and where such ranges end.
const std::vector<uint32_t> kInvisibleCharacters = {
    0x00,   0x01,   0x09,   0x0a,   0x0d,   0x1f,    0x7f,    0x80,   0x85,
    0x9f,   0xa0,   0xad,   0x034f, 0x061c, 0x180e,  0x2000,  0x200a, 0x200b,
    0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,  0x202a,  0x202e, 0x202f,
    0x205f, 0x2060, 0x2064, 0x2066, 0x2069, 0x206f,  0x3000,  0x3164, 0xfe0f,
    0xfeff, 0xfff9, 0xfffb, 0xfffe, 0xffff, 0xe0001, 0xe0020, 0xe01ef};

const std::vector<uint32_t> kVisibleCharacters = {
    '!',    '~',    0xa1,   0xac,   0xae,   0x0627, 0x061b, 0x061d,
    0x0640, 0x064b, 0x0660, 0x2010, 0x2027, 0x2030, 0x205e, 0x2070,
    0x3001, 0xfe10, 0xfefe, 0xfffc, 0xfffd, 0x1f600};

std::string TextOf(uint32_t character) {
  std::string text;
  AppendCharacter(character, &text);
  return text;
}

TEST(HasInvisibleTest, FindsItAnywhere) {
  for (const uint32_t c : kInvisibleCharacters) {
    EXPECT_TRUE(HasInvisible(TextOf(c) + "AB")) << std::hex << c;
    EXPECT_TRUE(HasInvisible("A" + TextOf(c) + "B")) << std::hex << c;
    EXPECT_TRUE(HasInvisible("AB" + TextOf(c))) << std::hex << c;
  }
}

TEST(HasInvisibleTest, LetsVisibleCharactersPass) {
  for (const uint32_t c : kVisibleCharacters) {
    EXPECT_FALSE(HasInvisible(TextOf(c))) << std::hex << c;
    EXPECT_FALSE(HasInvisible("A" + TextOf(c) + "B")) << std::hex << c;
  }
}

TEST(HasInvisibleTest, SpacesAreFineInsideOnly) {
  EXPECT_FALSE(HasInvisible(""));
  EXPECT_FALSE(HasInvisible("A B  C"));
  EXPECT_FALSE(HasInvisible("كوب أزرق"));
  EXPECT_FALSE(HasInvisible("A&B+C#1"));
  EXPECT_TRUE(HasInvisible(" A"));
  EXPECT_TRUE(HasInvisible("A "));
  EXPECT_TRUE(HasInvisible(" "));
}

TEST(HasInvisibleTest, InvalidBytesAreInvisible) {
  EXPECT_TRUE(HasInvisible("A\xff"));
}

TEST(DescribeInvisibleTest, SaysWhatAndWhere) {
  EXPECT_EQ(DescribeInvisible(" A"), "begins with a space");
  EXPECT_EQ(DescribeInvisible("A "), "ends with a space");
  EXPECT_EQ(DescribeInvisible("كوب\u200b1"),
            "has the invisible character U+200B at position 4");
  EXPECT_EQ(DescribeInvisible("A\xff"),
            "has the invisible character invalid byte at position 2");
}

TEST(IsBlankTest, IsTrueWhereNothingShows) {
  for (const char* text : {"", " ", "\t\r\n ", "\u00a0", "\u200b\u200f",
                           "\u3000 \u2003", "\ufeff"}) {
    EXPECT_TRUE(IsBlank(text));
  }
  for (const char* text : {"a", " . ", "ك", "\u200bx"}) {
    EXPECT_FALSE(IsBlank(text));
  }
}

TEST(QuotedTest, ShowsWhatCannotBeSeenAndCutsTheRest) {
  EXPECT_EQ(Quoted("12,50"), "\"12,50\"");
  EXPECT_EQ(Quoted("كوب أزرق"), "\"كوب أزرق\"");
  EXPECT_EQ(Quoted("a\n\u200b\xff"), "\"a{U+000A}{U+200B}{invalid byte}\"");
  EXPECT_EQ(Quoted(std::string(40, 'x')), "\"" + std::string(40, 'x') + "\"");
  EXPECT_EQ(Quoted(std::string(41, 'x')),
            "\"" + std::string(40, 'x') + "...\"");
}

TEST(NormalizedSkuTest, MakesLookalikesEqual) {
  struct Case {
    std::string sku;
    std::string key;
  };
  const std::vector<Case> cases = {
      {"MUG-1", "mug-1"},
      {"  mug-1 ", "mug-1"},
      {"\u200eMug\u200b-1\ufeff", "mug-1"},
      {"\u00a0MUG-1\u00a0", "mug-1"},
      {" \u200b MUG-1 \u200b ", "mug-1"},
      {"MUG-١", "mug-1"},
      {"MUG-۱", "mug-1"},
      {"MUG 1", "mug 1"},
      {"ÉTÉ×", "été×"},
      {"كوب ٢", "كوب 2"},
      {"", ""},
      {"\u200b", ""},
      {"007", "007"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(NormalizedSku(c.sku), c.key);
    EXPECT_EQ(NormalizedSku(c.key), c.key);
  }
}

TEST(NormalizedSkuTest, KeepsDifferentSkusApart) {
  EXPECT_NE(NormalizedSku("MUG-1"), NormalizedSku("MUG1"));
  EXPECT_NE(NormalizedSku("MUG 1"), NormalizedSku("MUG1"));
  EXPECT_NE(NormalizedSku("MUG-1"), NormalizedSku("MUG-01"));
}

}  // namespace
}  // namespace qantara::domain
