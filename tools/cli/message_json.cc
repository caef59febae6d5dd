#include "tools/cli/message_json.h"

#include <google/protobuf/util/json_util.h>

namespace qantara::tools {

namespace {

std::string Print(const google::protobuf::Message& message, bool defaults) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = defaults;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  // Text that is not UTF-8, or an Any of a type that this program does not
  // know.
  return status.ok() ? json
                     : "{\"error\":\"the message cannot be written as JSON\"}";
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  return Print(message, /*defaults=*/true);
}

std::string ToShortJson(const google::protobuf::Message& message) {
  return Print(message, /*defaults=*/false);
}

}  // namespace qantara::tools
