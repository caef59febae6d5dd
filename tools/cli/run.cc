#include "tools/cli/run.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/cli/arguments.h"
#include "tools/cli/commands.h"
#include "tools/cli/rpc_error.h"
#include "tools/cli/session.h"

namespace qantara::tools {
namespace {

constexpr char kDefaultServer[] = "127.0.0.1:7443";

// `command` is empty where the whole program's usage is meant.
ExitCode Refuse(std::ostream& err, absl::string_view what,
                const std::string& usage, absl::string_view command = "") {
  err << "qantara: "
      << WithHelp(what, absl::StatusCode::kInvalidArgument, "", command)
      << "\n\n"
      << usage << std::flush;
  return ExitCode::kUsage;
}

// Returns what is wrong with the arguments for this command, or nothing.
// `arguments.words` has the command's own words taken off.
std::string WrongUse(const Command& command, const Arguments& arguments) {
  for (const auto& [name, values] : arguments.options) {
    const bool own = std::find(command.options.begin(), command.options.end(),
                               name) != command.options.end();
    if (!own && !IsGlobal(name)) {
      return absl::StrCat("`", command.words, "` takes no --", name);
    }
  }
  if (arguments.words.size() < command.least) {
    return absl::StrCat("`", command.words, "` wants ", command.parameters);
  }
  if (arguments.words.size() > command.most) {
    return absl::StrCat("\"", arguments.words[command.most], "\" is too much");
  }
  return "";
}

std::string Choose(const Arguments& arguments, absl::string_view option,
                   const std::string& environment, absl::string_view usual) {
  return arguments.Value(
      option, environment.empty() ? usual : absl::string_view(environment));
}

}  // namespace

ExitCode Run(const std::vector<std::string>& command_line,
             const Surroundings& surroundings) {
  absl::StatusOr<Arguments> arguments = ParseArguments(command_line, Options());
  if (!arguments.ok()) {
    return Refuse(surroundings.err, arguments.status().message(), Usage());
  }
  const Command* command = FindCommand(arguments->words);
  if (arguments->On("help")) {
    surroundings.out << (command == nullptr ? Usage() : UsageOf(*command))
                     << std::flush;
    return ExitCode::kDone;
  }
  if (command == nullptr) {
    const bool none = arguments->words.empty();
    return Refuse(
        surroundings.err,
        none ? "what is to be done?"
             : absl::StrCat("unknown command \"", arguments->words[0], "\""),
        Usage());
  }
  const size_t own =
      std::count(command->words.begin(), command->words.end(), ' ') + 1;
  arguments->words.erase(arguments->words.begin(),
                         arguments->words.begin() + own);
  if (const std::string wrong = WrongUse(*command, *arguments);
      !wrong.empty()) {
    return Refuse(surroundings.err, wrong, UsageOf(*command), command->words);
  }
  Session session{*std::move(arguments),
                  /*server=*/"",
                  /*connection=*/"",
                  /*json=*/false,
                  surroundings.terminal,
                  surroundings.width,
                  surroundings.out,
                  surroundings.err,
                  surroundings.interruption,
                  surroundings.before_connect,
                  /*channel=*/nullptr,
                  surroundings.colours,
                  std::string(command->words)};
  session.server =
      Choose(session.arguments, "server", surroundings.server, kDefaultServer);
  session.connection =
      Choose(session.arguments, "connection", surroundings.connection, "");
  session.json = session.arguments.On("json");
  return command->run(session);
}

}  // namespace qantara::tools
