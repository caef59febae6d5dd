#include "tools/cli/text_table.h"

#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

TEST(TextTableTest, ColumnsAreAsWideAsTheirWidestCell) {
  EXPECT_EQ(TextTable({{"A", "B", "C"}, {"long", "", "x"}, {"s", "two"}}),
            "A     B    C\n"
            "long       x\n"
            "s     two\n");
  EXPECT_EQ(TextTable({}), "");
  EXPECT_EQ(TextTable({{}, {""}}), "\n\n");
}

TEST(TextTableTest, ACharacterIsOneColumnInEveryScript) {
  EXPECT_EQ(TextTable({{"كوب", "1"}, {"mug", "2"}}), "كوب  1\nmug  2\n");
}

TEST(TextTableTest, CellsCannotSteerATerminal) {
  EXPECT_EQ(TextTable({{"a\033[2J", "b"}, {"c\nd", "e"}}),
            "a\\x1B[2J  b\n"
            "c\\x0Ad    e\n");
}

}  // namespace
}  // namespace qantara::tools
