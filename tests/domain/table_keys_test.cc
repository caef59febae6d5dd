#include "domain/table_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
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

TEST(TableKeysTest, LaterTextsAreReadBack) {
  for (const std::string& text :
       {""s, "SKU-1"s, "كوب"s, "\0"s, "a\0\x01"s, "\xff\0\xff"s}) {
    EXPECT_EQ(SecondText(TextKey("main\0x"s, text)), text);
    EXPECT_EQ(ThirdText(TextKey("main", "a\0b"s, text)), text);
    EXPECT_EQ(ImportIdOfTimeKey(TimeKey("main", 7, text)), text);
  }
  EXPECT_EQ(SecondText("no mark"), "");
  EXPECT_EQ(ThirdText(TextKey("only", "two")), "");
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

// Texts that are prefixes of one another, hold zeros and high bytes, or look
// like the end of a text.
std::vector<std::string> NastyTexts() {
  return {""s,     "\0"s,       "\0\0"s, "\0\x01"s, "\0\xff"s, "\x01"s,
          "a"s,    "a\0"s,      "a\0b"s, "ab"s,     "a\x01"s,  "a\xff"s,
          "\xff"s, "\xff\xff"s, "ريال"s, "~r"s};
}

TEST(TableKeyRangesTest, TextsSortAsTheyAreAndNeverReachIntoOthers) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& first : NastyTexts()) {
    for (const std::string& second : NastyTexts()) {
      pairs.emplace_back(first, second);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  std::string previous;
  for (const auto& [first, second] : pairs) {
    const std::string key = TextKey(first, second);
    EXPECT_LT(previous, key) << "keys sort like lists of parts, all different";
    EXPECT_EQ(key.rfind(TextKey(first), 0), 0u) << "the first part is a prefix";
    EXPECT_EQ(SecondText(key), second);
    previous = key;
  }
}

TEST(TableKeyRangesTest, APrefixHoldsExactlyTheKeysOfItsConnection) {
  for (const std::string& connection : NastyTexts()) {
    const std::string begin = TextKey(connection);
    const std::string end = PrefixEnd(begin);
    for (const std::string& other : NastyTexts()) {
      for (const std::string& key :
           {TextKey(other, "x"), NumberKey(other, 0), NumberKey(other, ~0ull),
            ItemKey(other, "x", 1), TimeKey(other, 7, "x")}) {
        EXPECT_EQ(begin <= key && key < end, other == connection);
      }
    }
  }
}

TEST(TableKeyRangesTest, NumbersSortAsNumbers) {
  std::string previous;
  for (const uint64_t number :
       {uint64_t{0}, uint64_t{1}, uint64_t{255}, uint64_t{256},
        uint64_t{1} << 32, std::numeric_limits<uint64_t>::max()}) {
    const std::string key = NumberKey("c", number);
    EXPECT_LT(previous, key);
    EXPECT_EQ(NumberOf(key), number);
    previous = key;
  }
}

TEST(TableKeyRangesTest, LinesSortAsNumbers) {
  std::string previous;
  for (const uint32_t line : {0u, 1u, 255u, 256u, 70000u, ~0u}) {
    const std::string key = ItemKey("c", "i", line);
    EXPECT_LT(previous, key);
    EXPECT_EQ(LineOfItemKey(key), line);
    EXPECT_EQ(SecondText(key), "i");
    previous = key;
  }
}

TEST(TableKeyRangesTest, ImportsSortByTheirPosition) {
  EXPECT_LT(TimeKey("c", 1, "z"), TimeKey("c", 2, "a"));
  EXPECT_LT(TimeKey("c", 255, "z"), TimeKey("c", 256, "a"));
  for (const std::string& id : NastyTexts()) {
    EXPECT_EQ(ImportIdOfTimeKey(TimeKey("c", 0x0001ff00, id)), id);
  }
}

TEST(TableKeyRangesTest, MalformedKeysReadAsNothing) {
  for (const std::string& key : {std::string(), std::string("abc"),
                                 std::string("a\0", 2), TextKey("a")}) {
    EXPECT_EQ(SecondText(key), "");
    EXPECT_EQ(ImportIdOfTimeKey(key), "");
  }
  EXPECT_EQ(NumberOf("1234567"), 0u);
  EXPECT_EQ(LineOfItemKey("123"), 0u);
}

TEST(TableKeyRangesTest, TheEndOfAPrefixIsTheNextKeyThatLacksIt) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd(std::string("a\xff")), "b");
  EXPECT_EQ(PrefixEnd(std::string("\x7f")), "\x80");
  EXPECT_EQ(PrefixEnd(std::string("\xff\xff")), "") << "there is none";
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace qantara::domain
