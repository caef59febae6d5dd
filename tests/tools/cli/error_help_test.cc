// The commands that errors name are commands of this program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "domain/code_meanings.h"
#include "domain/error.h"
#include "domain/error_catalog.h"
#include "tools/cli/commands.h"
#include "tools/cli/rpc_error.h"

namespace qantara::tools {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

// Fails unless `help` is a command line that Run takes. Words in capitals stand
// for what the user knows.
void ExpectTaken(const std::string& help) {
  const auto arguments =
      ParseArguments(absl::StrSplit(help, ' ', absl::SkipEmpty()), Options());
  ASSERT_TRUE(arguments.ok()) << help << ": " << arguments.status();
  const Command* command = FindCommand(arguments->words);
  ASSERT_NE(command, nullptr) << help;
  for (const auto& [name, values] : arguments->options) {
    EXPECT_TRUE(IsGlobal(name) || std::count(command->options.begin(),
                                             command->options.end(), name) > 0)
        << help << ": --" << name;
  }
  if (arguments->On("help")) return;
  const size_t own =
      std::count(command->words.begin(), command->words.end(), ' ') + 1;
  EXPECT_GE(arguments->words.size() - own, command->least) << help;
  EXPECT_LE(arguments->words.size() - own, command->most) << help;
}

TEST(ErrorHelpTest, EveryCommandThatTheCatalogNamesExists) {
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    if (!entry.meaning.help.empty())
      ExpectTaken(std::string(entry.meaning.help));
  }
  for (const domain::ErrorMeaning& meaning : domain::CodeMeanings()) {
    if (!meaning.help.empty()) ExpectTaken(std::string(meaning.help));
  }
}

TEST(ErrorHelpTest, EveryReasonEndsItsLineWithACommand) {
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    const std::string name = domain::ReasonName(entry.reason);
    const std::string line =
        WithHelp("no", entry.meaning.codes.front(), name, "product get");
    EXPECT_THAT(line, HasSubstr("no (" + name + "; try: qantara "));
    EXPECT_THAT(line, EndsWith(")"));
  }
}

}  // namespace
}  // namespace qantara::tools
