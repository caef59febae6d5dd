#include "tools/cli/catalog/decoded_source.h"

#include <gtest/gtest.h>

#include <string>

namespace qantara::tools {
namespace {

struct Read {
  std::string text;
  absl::Status status;
};

Read ReadAll(const std::string& bytes, size_t piece_bytes) {
  auto source = DecodeText(ReadText(bytes, piece_bytes));
  Read result;
  std::string piece;
  do {
    result.status = source->Read(piece);
    result.text += piece;
  } while (result.status.ok() && !piece.empty());
  return result;
}

std::string Utf16(const std::u16string& text, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big ? std::string{high, low} : std::string{low, high};
  }
  return out;
}

TEST(DecodedSourceTest, TextIsTheSameHoweverItArrives) {
  for (const size_t piece : {1, 2, 3, 7, 1000}) {
    EXPECT_EQ(ReadAll("\xEF\xBB\xBFسعر", piece).text, "سعر");
    EXPECT_EQ(ReadAll("سعر", piece).text, "سعر");
    EXPECT_EQ(ReadAll(Utf16(u"سعر,😀", false), piece).text, "سعر,😀");
    EXPECT_EQ(ReadAll(Utf16(u"سعر,😀", true), piece).text, "سعر,😀");
    EXPECT_EQ(ReadAll("", piece).text, "");
    EXPECT_EQ(ReadAll("\xEF\xBB", piece).text, "\xEF\xBB");
  }
}

TEST(DecodedSourceTest, LargeUtf16IsWhole) {
  const std::u16string text(100'000, u'م');
  const Read result = ReadAll(Utf16(text, false), kReadBytes);
  EXPECT_TRUE(result.status.ok());
  EXPECT_EQ(result.text.size(), 200'000u);
}

TEST(DecodedSourceTest, HalfASurrogatePairIsRefusedAfterTheTextBeforeIt) {
  const Read result = ReadAll(Utf16(u"ab\xD800"
                                    u"c",
                                    false),
                              1000);
  EXPECT_EQ(result.text, "ab");
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(DecodedSourceTest, HalfACharacterAtTheEndIsRefused) {
  const Read result = ReadAll(Utf16(u"ab", true) + "x", 1000);
  EXPECT_EQ(result.text, "ab");
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace qantara::tools
