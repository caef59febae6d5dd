// JSON of strangers, read without surprises: numbers stay the text that they
// are, nothing recurses, texts come out as valid UTF-8.
#ifndef QANTARA_ADAPTERS_JSON_JSON_READER_H_
#define QANTARA_ADAPTERS_JSON_JSON_READER_H_

#include <rapidjson/document.h>

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::adapters {

// Bounds of one document. Values are counted before any memory is taken.
inline constexpr size_t kMaxJsonDepth = 64;
inline constexpr size_t kMaxJsonValues = 4 << 20;

// Parses one document; a byte order mark in front is skipped. Numbers become
// strings of their own text: a number and a string cannot be told apart.
//
// Errors: kInvalidArgument where it is no JSON; kResourceExhausted beyond the
// bounds.
absl::StatusOr<rapidjson::Document> ParseJson(absl::string_view text);

// Returns the member called `name`; null where `value` is no object, or has no
// such member, or the member is JSON's null.
const rapidjson::Value* FindMember(const rapidjson::Value& value,
                                   absl::string_view name);

// Returns the text of a string or number as valid UTF-8, with U+FFFD for each
// byte that is not; nothing for any other kind.
std::optional<std::string> TextOf(const rapidjson::Value& value);

// Returns `text` as valid UTF-8, with U+FFFD for each byte that is not.
std::string ValidText(absl::string_view text);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_JSON_JSON_READER_H_
