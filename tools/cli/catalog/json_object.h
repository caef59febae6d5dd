// One flat JSON object as keys with text, for the reader of JSON Lines.
#ifndef TOOLS_CLI_CATALOG_JSON_OBJECT_H_
#define TOOLS_CLI_CATALOG_JSON_OBJECT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {

// The members of one object, in the order of the text.
struct JsonObject {
  enum class Kind { kText, kNull, kNested };
  struct Value {
    Kind kind;
    // A string's characters, a number as it is written, or "true" or "false";
    // else empty.
    std::string text;
  };
  std::vector<std::string> keys;
  std::vector<Value> values;  // One for each key.
};

// Reads one object. What is inside nested objects and arrays is checked and
// dropped. The stack does not grow with the depth of nesting.
//
// Errors: kInvalidArgument, with the column (bytes, from 1), when `text` is not
// one JSON object. Bytes that are not UTF-8 pass inside strings.
absl::StatusOr<JsonObject> ParseJsonObject(absl::string_view text);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_JSON_OBJECT_H_
