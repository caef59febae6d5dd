#include "adapters/json/json_reader.h"

#include <rapidjson/error/en.h>

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/utf8.h"

namespace qantara::adapters {
namespace {

constexpr unsigned kParseFlags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
constexpr uint32_t kReplacementCharacter = 0xfffd;

// Counts brackets and separators outside of strings. A body of a few megabytes
// could otherwise ask for a hundred times as much memory.
absl::Status CheckBounds(absl::string_view text) {
  size_t depth = 0;
  size_t values = 1;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (c == ',' || c == ':' || c == '[') ++values;
    if (depth > kMaxJsonDepth || values > kMaxJsonValues) {
      return absl::ResourceExhaustedError(
          absl::StrCat("JSON with more than ", kMaxJsonDepth, " levels or ",
                       kMaxJsonValues, " values"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<rapidjson::Document> ParseJson(absl::string_view text) {
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  const absl::Status in_bounds = CheckBounds(text);
  if (!in_bounds.ok()) return in_bounds;
  rapidjson::Document document;
  document.Parse<kParseFlags>(text.data(), text.size());
  if (document.HasParseError()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "no JSON: ", rapidjson::GetParseError_En(document.GetParseError()),
        " At byte ", document.GetErrorOffset(), " of ", text.size(), "."));
  }
  return document;
}

const rapidjson::Value* FindMember(const rapidjson::Value& value,
                                   absl::string_view name) {
  if (!value.IsObject()) return nullptr;
  const rapidjson::Value key(rapidjson::StringRef(
      name.data(), static_cast<rapidjson::SizeType>(name.size())));
  const auto member = value.FindMember(key);
  if (member == value.MemberEnd() || member->value.IsNull()) return nullptr;
  return &member->value;
}

std::optional<std::string> TextOf(const rapidjson::Value& value) {
  if (!value.IsString()) return std::nullopt;
  return ValidText({value.GetString(), value.GetStringLength()});
}

std::string ValidText(absl::string_view text) {
  if (domain::IsValidUtf8(text)) return std::string(text);
  std::string valid;
  while (!text.empty()) {
    const uint32_t character = domain::TakeCharacter(&text);
    domain::AppendCharacter(
        character == domain::kNoCharacter ? kReplacementCharacter : character,
        &valid);
  }
  return valid;
}

}  // namespace qantara::adapters
