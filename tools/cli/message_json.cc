#include "tools/cli/message_json.h"

#include <google/protobuf/util/json_util.h>

namespace qantara::tools {

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  // Our messages hold no Any and no group: the only reason left is text that is
  // not UTF-8.
  return status.ok() ? json
                     : "{\"error\":\"the message cannot be written as JSON\"}";
}

}  // namespace qantara::tools
