#include "tools/cli/printable.h"

#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

TEST(PrintableTest, WhatSteersATerminalIsWrittenOut) {
  struct Case {
    absl::string_view text;
    const char* printable;
  };
  const Case kCases[] = {
      {"كوب ☕ 😀", "كوب ☕ 😀"},
      {"a\x1b[2J\n", "a\\x1B[2J\\x0A"},
      {"\x7F\xC2\x9B", "\\x7F\\xC2\\x9B"},
      {"A\u202EB\u200F", "A\\xE2\\x80\\xAEB\\xE2\\x80\\x8F"},
      {"caf\xE9!", "caf\\xE9!"},
      {"\xC2", "\\xC2"},
  };
  for (const Case& c : kCases) EXPECT_EQ(Printable(c.text), c.printable);
}

TEST(PrintableTest, NumbersAreGrouped) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(7635), "7,635");
  EXPECT_EQ(Grouped(1000000), "1,000,000");
}

}  // namespace
}  // namespace qantara::tools
