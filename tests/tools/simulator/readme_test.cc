// The README must name every switch and every fixture.
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tools/simulator/fault_switches.h"

namespace qantara::simulator {
namespace {

std::string Readme() {
  std::ifstream file("tools/simulator/README.md");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

TEST(ReadmeTest, EverySwitchAndItsParametersAreDocumented) {
  const std::string readme = Readme();
  for (const FaultSwitch& known : FaultSwitches()) {
    EXPECT_TRUE(absl::StrContains(readme, absl::StrCat("`", known.name, "`")))
        << known.name;
    for (absl::string_view word :
         absl::StrSplit(known.parameters, ' ', absl::SkipEmpty())) {
      const absl::string_view name =
          word.substr(0, word.find_first_of("#?*$="));
      EXPECT_TRUE(absl::StrContains(readme, name)) << known.name << "." << name;
    }
    for (absl::string_view fixture : absl::StrSplit(known.fixtures, ' ')) {
      EXPECT_TRUE(absl::StrContains(readme, absl::StrCat("| ", fixture, " |")))
          << fixture;
    }
  }
}

TEST(ReadmeTest, EveryFixtureHasARow) {
  struct Range {
    int first;
    int last;
  };
  for (const Range& range :
       {Range{1, 6}, Range{10, 23}, Range{30, 35}, Range{40, 55}, Range{60, 62},
        Range{70, 74}, Range{80, 87}}) {
    for (int i = range.first; i <= range.last; ++i) {
      EXPECT_TRUE(
          absl::StrContains(Readme(), absl::StrFormat("\n| F%02d | ", i)))
          << i;
    }
  }
}

}  // namespace
}  // namespace qantara::simulator
