// JSON as a tree that keeps every number exactly as it was written: 25.00 stays
// the text "25.00". Objects keep the order of their members.
#ifndef TOOLS_SIMULATOR_JSON_H_
#define TOOLS_SIMULATOR_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::simulator {

class Json {
 public:
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  // Null.
  Json() = default;

  static Json Bool(bool value);
  static Json Integer(int64_t value);
  // `literal` must be a valid JSON number; it is written out as it is.
  static Json Number(std::string literal);
  static Json String(absl::string_view value);
  static Json Array();
  static Json Object();

  // Parses one document. Errors: kInvalidArgument for anything that is not
  // JSON in valid UTF-8, or is nested deeper than kDepthMax.
  static absl::StatusOr<Json> Parse(absl::string_view text);
  static constexpr int kDepthMax = 64;

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }
  bool is_bool() const { return kind_ == Kind::kBool; }
  bool is_number() const { return kind_ == Kind::kNumber; }
  bool is_string() const { return kind_ == Kind::kString; }
  bool is_array() const { return kind_ == Kind::kArray; }
  bool is_object() const { return kind_ == Kind::kObject; }

  // The value of a bool; false for every other kind.
  bool boolean() const { return boolean_; }
  // The characters of a string or the literal of a number; else empty.
  const std::string& text() const { return text_; }
  // Elements of an array, or values of an object in the order of keys().
  const std::vector<Json>& items() const { return items_; }
  const std::vector<std::string>& keys() const { return keys_; }

  // The member called `key`, the last one if it is repeated (as Rails reads
  // it); null pointer when there is none or this is no object. The pointer
  // lives as long as this value is not changed.
  const Json* Find(absl::string_view key) const;

  // text() of the member called `key`; empty when there is none.
  std::string TextAt(absl::string_view key) const;

  // Whole number written as a number or as a string of digits.
  std::optional<int64_t> AsInteger() const;

  // Appends to an object or an array. Returns *this for chaining.
  Json& Add(absl::string_view key, Json value);
  Json& Append(Json value);
  // Replaces the member called `key`, or adds it.
  Json& Set(absl::string_view key, Json value);
  // Removes every member called `key`.
  void Remove(absl::string_view key);

  std::string ToText() const;
  void AppendTo(std::string* out) const;

 private:
  friend class JsonBuilder;

  Kind kind_ = Kind::kNull;
  bool boolean_ = false;
  std::string text_;
  std::vector<std::string> keys_;
  std::vector<Json> items_;
};

// Appends `value` as a quoted JSON string; UTF-8 stays unescaped.
void AppendJsonString(absl::string_view value, std::string* out);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_JSON_H_
