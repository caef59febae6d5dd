#include "tools/cli/catalog/utf8.h"

#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

TEST(Utf8Test, ValidTextIsWhole) {
  for (const char* text : {"", "a", "سعر", "€", "😀", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(ValidUtf8Prefix(text), absl::string_view(text).size()) << text;
  }
}

TEST(Utf8Test, StopsBeforeWhatIsNotUtf8) {
  struct Case {
    const char* text;
    size_t valid;
  };
  const Case kCases[] = {
      {"ab\xFF", 2},            // No lead byte.
      {"ab\x80", 2},            // Tail without lead.
      {"\xC0\x80", 0},          // Overlong.
      {"\xE0\x80\x80", 0},      // Overlong.
      {"\xED\xA0\x80", 0},      // Surrogate.
      {"\xF4\x90\x80\x80", 0},  // Above U+10FFFF.
      {"a\xD8", 1},             // Cut off.
      {"\xD3\xDA\xD1", 0},      // Windows-1256.
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(ValidUtf8Prefix(c.text), c.valid) << c.text;
  }
}

TEST(Utf8Test, AppendsEveryLength) {
  std::string out;
  for (const uint32_t code : {0x41u, 0x633u, 0x20ACu, 0x1F600u}) {
    AppendUtf8(code, out);
  }
  EXPECT_EQ(out, "Aس€😀");
}

}  // namespace
}  // namespace qantara::tools
