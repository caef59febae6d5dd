// Text of others made safe and readable on a terminal.
#ifndef TOOLS_CLI_PRINTABLE_H_
#define TOOLS_CLI_PRINTABLE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// Returns `text` with control characters, characters that turn the direction of
// writing, and bytes that are not UTF-8 written as `\xNN` per byte, so that a
// catalog cannot steer a terminal.
std::string Printable(absl::string_view text);

// Returns `number` with commas: 7,635.
std::string Grouped(uint64_t number);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PRINTABLE_H_
