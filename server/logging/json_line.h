// Text as JSON.
#ifndef QANTARA_SERVER_LOGGING_JSON_LINE_H_
#define QANTARA_SERVER_LOGGING_JSON_LINE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace qantara::server {

// Appends `text` in quotes. Invalid UTF-8 becomes U+FFFD.
void AppendJsonText(absl::string_view text, std::string* out);

// Appends `,"name":"value"`, or without the comma at the start of an object.
void AppendJsonField(absl::string_view name, absl::string_view value,
                     std::string* out);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_LOGGING_JSON_LINE_H_
