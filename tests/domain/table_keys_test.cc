#include "domain/table_keys.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace qantara::domain {
namespace {

using namespace std::string_literals;

TEST(TableKeysTest, TextsEndWithAMarkAndEscapeZeros) {
  const std::pair<std::string, std::string> cases[] = {
      {""s, "\0\x01"s},
      {"mug"s, "mug\0\x01"s},
      {"\0"s, "\0\xff\0\x01"s},
      {"a\0b"s,
       "a\0\xff"
       "b\0\x01"s},
      {"a\0\0"s, "a\0\xff\0\xff\0\x01"s},
      {"\0\x01"s, "\0\xff\x01\0\x01"s},
  };
  for (const auto& [text, key] : cases) EXPECT_EQ(TextKey(text), key);
}

TEST(TableKeysTest, TheSecondTextIsReadBack) {
  for (const std::string& text :
       {""s, "SKU-1"s, "كوب"s, "\0"s, "a\0\x01"s, "\xff\0\xff"s}) {
    EXPECT_EQ(SecondText(TextKey("main\0x"s, text)), text);
    EXPECT_EQ(ImportIdOfTimeKey(TimeKey("main", 7, text)), text);
  }
  EXPECT_EQ(SecondText("no mark"), "");
}

TEST(TableKeysTest, NumbersAreReadBack) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{255}, UINT64_MAX}) {
    EXPECT_EQ(NumberOf(NumberKey("main", number)), number);
  }
  EXPECT_EQ(LineOfItemKey(ItemKey("main", "spring", 70'000)), 70'000U);
}

TEST(TableKeysTest, KeysSortLikeTheirParts) {
  const std::vector<std::string> sorted = {TextKey("a"),
                                           TextKey("a", ""),
                                           TextKey("a", "\0"s),
                                           TextKey("a", "\0\0"s),
                                           TextKey("a", "b"),
                                           TextKey("a\0"s, ""),
                                           TextKey("a\0b"s, "\0"s),
                                           TextKey("ab", "a"),
                                           TextKey("b", "")};
  for (size_t i = 1; i < sorted.size(); ++i) {
    EXPECT_LT(sorted[i - 1], sorted[i]) << i;
  }
  EXPECT_LT(NumberKey("a", 255), NumberKey("a", 256));
  EXPECT_LT(ItemKey("a", "x", 255), ItemKey("a", "x", 256));
}

TEST(TableKeysTest, NoTextReachesIntoTheKeysOfAnother) {
  const std::string prefix = TextKey("main");
  for (const std::string& other :
       {"main\0"s, "main\0\x01"s, "main2"s, "mai"s}) {
    const std::string key = TextKey(other, "SKU-1");
    EXPECT_TRUE(key < prefix || key >= PrefixEnd(prefix)) << other;
  }
  const std::string own = TextKey("main", "SKU-1");
  EXPECT_TRUE(own >= prefix && own < PrefixEnd(prefix));
}

}  // namespace
}  // namespace qantara::domain
