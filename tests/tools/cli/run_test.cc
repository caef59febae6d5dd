#include "tools/cli/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class RunTest : public CommandLineTest {};

TEST_F(RunTest, WrongUseIsExitCodeTwoWithUsage) {
  const std::vector<std::vector<std::string>> kWrong = {
      {},
      {"dance"},
      {"import"},
      {"import", "a", "b"},
      {"imports", "--map=sku=a"},
      {"imports", "--nope"},
      {"import", "watch"},
      {"imports", "--limit=0"},
      {"stock", "watch", "--start=never"},
  };
  for (const auto& line : kWrong) {
    EXPECT_EQ(Run(line), 2) << ::testing::PrintToString(line);
    // The usage follows the line of the error.
    EXPECT_THAT(err().substr(0, err().find('\n')),
                ContainsRegex("^qantara: .* \\(INVALID_ARGUMENT; try: qantara "
                              "([a-z ]+ )?--help\\)$"));
    EXPECT_EQ(out(), "");
  }
}

TEST_F(RunTest, WrongUseNamesTheHelpOfItsCommand) {
  EXPECT_EQ(Run({"dance"}), 2);
  EXPECT_THAT(err(), HasSubstr("try: qantara --help)"));
  EXPECT_EQ(Run({"import", "watch"}), 2);
  EXPECT_THAT(err(), HasSubstr("try: qantara import watch --help)"));
  EXPECT_EQ(Run({"stock", "watch", "--start=never"}), 2);
  EXPECT_THAT(err(), HasSubstr("try: qantara stock watch --help)"));
}

TEST_F(RunTest, HelpIsNoError) {
  EXPECT_EQ(Run({"--help"}), 0);
  EXPECT_THAT(out(), HasSubstr("product update KEY FIELD=VALUE..."));
  EXPECT_EQ(Run({"import", "-h"}), 0);
  EXPECT_THAT(out(), HasSubstr("--map FIELD=COLUMN"));
}

TEST_F(RunTest, WrongOptionsOfAnImportAreUsageErrors) {
  const std::string path = File("run.csv", "sku\nA\n");
  for (const char* option :
       {"--map=sku", "--map_file=/nowhere", "--format=xml", "--delimiter=ab",
        "--blank_price=zero", "--existing=burn", "--batch_lines=1001",
        "--retry_for=soon"}) {
    EXPECT_EQ(Run({"import", path, option}), 2) << option;
  }
  EXPECT_EQ(Run({"import", path, "--map_file", File("m", "sku=Number\n")}), 2);
  EXPECT_THAT(err(), HasSubstr("no column \"Number\""));
}

}  // namespace
}  // namespace qantara::tools
