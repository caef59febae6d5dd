// Words and options of a command line, in any order.
#ifndef TOOLS_CLI_ARGUMENTS_H_
#define TOOLS_CLI_ARGUMENTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {

// One option that the program knows. Names are written with `_`; on the command
// line `-` is the same.
struct OptionSpec {
  absl::string_view name;
  // What the value is, such as "HOST:PORT"; empty for a switch, which takes
  // none.
  absl::string_view value;
  absl::string_view help;
};

// A command line, taken apart.
struct Arguments {
  // Everything that is no option, in order.
  std::vector<std::string> words;
  // Values by option, in order; a switch that is on has the value "true".
  std::map<std::string, std::vector<std::string>> options;

  // Whether the switch is on.
  bool On(absl::string_view name) const;
  // The last value given; `fallback` when there is none.
  std::string Value(absl::string_view name,
                    absl::string_view fallback = "") const;
  // All values given, in order.
  std::vector<std::string> Values(absl::string_view name) const;
  // The last value as a number from `low` to `high`; `fallback` when none is
  // given.
  //
  // Errors: kInvalidArgument with the option's name.
  absl::StatusOr<uint32_t> Number(absl::string_view name, uint32_t low,
                                  uint32_t high, uint32_t fallback) const;
};

// Takes `arguments` (without the program's name) apart. `--name=value` and
// `--name value` are the same; a switch may be given as `--name`, `--name=true`
// or `--name=false`. After `--` everything is a word; `-` alone is a word; `-h`
// is `--help`.
//
// Errors: kInvalidArgument for an unknown option or a missing value.
absl::StatusOr<Arguments> ParseArguments(
    const std::vector<std::string>& arguments,
    const std::vector<OptionSpec>& known);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_ARGUMENTS_H_
