#include "tools/cli/arguments.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace qantara::tools {
namespace {

using absl::InvalidArgumentError;
using absl::StrCat;

constexpr absl::string_view kOn = "true";
constexpr absl::string_view kOff = "false";

std::string Underscored(absl::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

const OptionSpec* Find(const std::vector<OptionSpec>& known,
                       absl::string_view name) {
  for (const OptionSpec& spec : known) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

// Takes the option at `arguments[at]` and its value; returns the index of what
// follows.
absl::StatusOr<size_t> TakeOption(const std::vector<std::string>& arguments,
                                  size_t at,
                                  const std::vector<OptionSpec>& known,
                                  Arguments& out) {
  absl::string_view text =
      arguments[at] == "-h" ? "--help" : absl::string_view(arguments[at]);
  if (!absl::ConsumePrefix(&text, "--")) {
    return InvalidArgumentError(StrCat("unknown option ", arguments[at]));
  }
  const size_t equals = text.find('=');
  const bool has_value = equals != absl::string_view::npos;
  const std::string name = Underscored(text.substr(0, equals));
  const OptionSpec* spec = Find(known, name);
  if (spec == nullptr)
    return InvalidArgumentError(StrCat("unknown option --", name));
  std::string value(has_value ? text.substr(equals + 1) : kOn);
  if (spec->value.empty()) {
    if (value != kOn && value != kOff) {
      return InvalidArgumentError(StrCat("--", name, " takes no value"));
    }
  } else if (!has_value) {
    if (++at == arguments.size()) {
      return InvalidArgumentError(
          StrCat("--", name, " wants a value: ", spec->value));
    }
    value = arguments[at];
  }
  out.options[name].push_back(std::move(value));
  return at + 1;
}

}  // namespace

bool Arguments::On(absl::string_view name) const { return Value(name) == kOn; }

std::string Arguments::Value(absl::string_view name,
                             absl::string_view fallback) const {
  const auto at = options.find(std::string(name));
  return at == options.end() ? std::string(fallback) : at->second.back();
}

std::vector<std::string> Arguments::Values(absl::string_view name) const {
  const auto at = options.find(std::string(name));
  return at == options.end() ? std::vector<std::string>() : at->second;
}

absl::StatusOr<uint32_t> Arguments::Number(absl::string_view name, uint32_t low,
                                           uint32_t high,
                                           uint32_t fallback) const {
  const std::string text = Value(name);
  if (text.empty() && options.find(std::string(name)) == options.end())
    return fallback;
  uint32_t number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < low || number > high) {
    return InvalidArgumentError(StrCat("--", name, " wants a number from ", low,
                                       " to ", high, ", not \"", text, "\""));
  }
  return number;
}

absl::StatusOr<Arguments> ParseArguments(
    const std::vector<std::string>& arguments,
    const std::vector<OptionSpec>& known) {
  Arguments out;
  size_t at = 0;
  while (at < arguments.size()) {
    const std::string& argument = arguments[at];
    if (argument == "--") {
      out.words.insert(out.words.end(), arguments.begin() + at + 1,
                       arguments.end());
      break;
    }
    if (argument == "-" || !absl::StartsWith(argument, "-")) {
      out.words.push_back(argument);
      ++at;
      continue;
    }
    const absl::StatusOr<size_t> next = TakeOption(arguments, at, known, out);
    if (!next.ok()) return next.status();
    at = *next;
  }
  return out;
}

}  // namespace qantara::tools
