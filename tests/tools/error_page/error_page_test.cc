#include "tools/error_page/error_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "domain/error.h"
#include "domain/error_catalog.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;

TEST(ErrorPageTest, ThePageOfTheProtosIsCurrent) {
  std::ifstream input("proto/ERRORS.md");
  std::ostringstream recorded;
  recorded << input.rdbuf();
  ASSERT_TRUE(input) << "proto/ERRORS.md";
  EXPECT_EQ(recorded.str(), ErrorPage()) << "run tools/update_goldens";
}

TEST(ErrorPageTest, ListsEveryReason) {
  const std::string page = ErrorPage();
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat(
                          "| `", domain::ReasonName(entry.reason), "` |")));
  }
}

// A cell with a bar of its own would shift those behind it.
TEST(ErrorPageTest, EveryRowHasTheCellsOfItsTable) {
  size_t cells = 0;
  for (const std::string& line :
       std::vector<std::string>(absl::StrSplit(ErrorPage(), '\n'))) {
    const size_t bars = std::count(line.begin(), line.end(), '|');
    if (bars == 0) cells = 0;
    if (cells == 0) cells = bars;
    EXPECT_EQ(bars, cells) << line;
  }
}

}  // namespace
}  // namespace qantara::tools
