#include "tools/cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/cli/commands.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;

const std::vector<OptionSpec> kKnown = {
    {"server", "HOST", ""}, {"json", "", ""}, {"map_file", "FILE", ""}};

TEST(ArgumentsTest, OptionsMayStandAnywhereInEitherForm) {
  const auto arguments = ParseArguments({"--server", "a:1", "import", "--json",
                                         "-", "--map-file=x=y", "--", "--z"},
                                        kKnown);
  ASSERT_TRUE(arguments.ok());
  EXPECT_THAT(arguments->words, ElementsAre("import", "-", "--z"));
  EXPECT_EQ(arguments->Value("server"), "a:1");
  EXPECT_EQ(arguments->Value("map_file"), "x=y");
  EXPECT_TRUE(arguments->On("json"));
}

TEST(ArgumentsTest, TheLastValueCountsAndAllAreKept) {
  const auto arguments = ParseArguments(
      {"--server=a", "--server=b", "--json", "--json=false"}, kKnown);
  ASSERT_TRUE(arguments.ok());
  EXPECT_EQ(arguments->Value("server"), "b");
  EXPECT_THAT(arguments->Values("server"), ElementsAre("a", "b"));
  EXPECT_FALSE(arguments->On("json"));
}

TEST(ArgumentsTest, WhatIsNotKnownIsRefused) {
  for (const char* wrong : {"--nope", "-x", "--json=maybe", "--server"}) {
    EXPECT_FALSE(ParseArguments({wrong}, kKnown).ok()) << wrong;
  }
}

TEST(ArgumentsTest, NumbersHaveBounds) {
  const auto arguments = ParseArguments({"--server=7"}, kKnown);
  ASSERT_TRUE(arguments.ok());
  EXPECT_EQ(*arguments->Number("server", 1, 9, 3), 7u);
  EXPECT_EQ(*arguments->Number("map_file", 1, 9, 3), 3u);
  EXPECT_FALSE(arguments->Number("server", 8, 9, 8).ok());
  EXPECT_FALSE(
      ParseArguments({"--server=-1"}, kKnown)->Number("server", 0, 9, 3).ok());
}

TEST(CommandsTest, TheLongestCommandIsFound) {
  EXPECT_EQ(FindCommand({"import", "watch", "x"})->words, "import watch");
  EXPECT_EQ(FindCommand({"import", "watch.csv"})->words, "import");
  EXPECT_EQ(FindCommand({"imports"})->words, "imports");
  EXPECT_EQ(FindCommand({"product"}), nullptr);
  EXPECT_EQ(FindCommand({}), nullptr);
}

TEST(CommandsTest, EveryOptionOfACommandIsKnown) {
  for (const Command& command : Commands()) {
    for (const absl::string_view option : command.options) {
      EXPECT_NE(UsageOf(command).find("--" + std::string(option) + " "),
                std::string::npos)
          << command.words << " " << option;
    }
  }
  EXPECT_TRUE(IsGlobal("help"));
  EXPECT_FALSE(IsGlobal("map"));
}

}  // namespace
}  // namespace qantara::tools
