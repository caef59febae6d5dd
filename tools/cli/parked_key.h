// Names of what is parked, as the user types them.
#ifndef TOOLS_CLI_PARKED_KEY_H_
#define TOOLS_CLI_PARKED_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "qantara/v1/operations_service.pb.h"

namespace qantara::tools {

// Returns the key: `IMPORT/LINE`, `update:REQUEST_ID` or `create:REQUEST_ID`.
//
// Errors: kInvalidArgument for another form.
absl::StatusOr<v1::ParkedKey> ReadParkedKey(const std::string& text);

// Returns the form that ReadParkedKey takes.
std::string ParkedKeyText(const v1::ParkedKey& key);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PARKED_KEY_H_
