// Differences of quantities, exactly.
#ifndef TOOLS_CLI_QUANTITY_DELTA_H_
#define TOOLS_CLI_QUANTITY_DELTA_H_

#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// Returns `now` minus `before` with its sign, such as "+3" or "-2.5"; empty
// where both are the same value, or one is no plain decimal.
std::string QuantityDelta(absl::string_view before, absl::string_view now);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_QUANTITY_DELTA_H_
