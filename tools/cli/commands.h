// Every command and option of `qantara`, and its help.
#ifndef TOOLS_CLI_COMMANDS_H_
#define TOOLS_CLI_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/cli/arguments.h"
#include "tools/cli/session.h"

namespace qantara::tools {

// One command.
struct Command {
  absl::string_view words;       // Such as "import watch".
  absl::string_view parameters;  // Such as "ID".
  absl::string_view help;
  size_t least;  // Words after the command's own.
  size_t most;
  std::vector<absl::string_view> options;  // Beside the global ones.
  ExitCode (*run)(Session& session);
};

// Returns all commands.
const std::vector<Command>& Commands();

// Returns all options, global ones first.
const std::vector<OptionSpec>& Options();

// Whether every command takes the option.
bool IsGlobal(absl::string_view option);

// Returns the command whose words are the longest beginning of `words`; null
// when there is none.
const Command* FindCommand(const std::vector<std::string>& words);

// Returns the usage of one command with its options.
std::string UsageOf(const Command& command);

// Returns the list of all commands with the global options.
std::string Usage();

}  // namespace qantara::tools

#endif  // TOOLS_CLI_COMMANDS_H_
