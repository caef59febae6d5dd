// Messages as JSON, for --json.
#ifndef TOOLS_CLI_MESSAGE_JSON_H_
#define TOOLS_CLI_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <string>

namespace qantara::tools {

// Returns the message as one line of JSON under its JSON names; zeros and empty
// values are written out.
std::string ToJson(const google::protobuf::Message& message);

// The same without zeros and empty values.
std::string ToShortJson(const google::protobuf::Message& message);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_MESSAGE_JSON_H_
