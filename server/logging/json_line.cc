#include "server/logging/json_line.h"

#include "absl/strings/str_format.h"
#include "domain/utf8.h"

namespace qantara::server {

void AppendJsonText(absl::string_view text, std::string* out) {
  out->push_back('"');
  while (!text.empty()) {
    const uint32_t character = domain::TakeCharacter(&text);
    if (character == domain::kNoCharacter) {
      domain::AppendCharacter(0xfffd, out);
    } else if (character == '"' || character == '\\') {
      out->push_back('\\');
      out->push_back(static_cast<char>(character));
    } else if (character < 0x20) {
      absl::StrAppendFormat(out, "\\u%04x", character);
    } else {
      domain::AppendCharacter(character, out);
    }
  }
  out->push_back('"');
}

void AppendJsonField(absl::string_view name, absl::string_view value,
                     std::string* out) {
  if (!out->empty() && out->back() != '{') out->push_back(',');
  AppendJsonText(name, out);
  out->push_back(':');
  AppendJsonText(value, out);
}

}  // namespace qantara::server
