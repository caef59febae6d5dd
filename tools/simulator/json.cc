#include "tools/simulator/json.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "rapidjson/error/en.h"
#include "rapidjson/memorystream.h"
#include "rapidjson/reader.h"

namespace qantara::simulator {

// Receives RapidJSON's events and builds the tree. Returning false stops the
// parser.
class JsonBuilder {
 public:
  using Size = rapidjson::SizeType;

  bool Null() { return Put(Json()); }
  bool Bool(bool value) { return Put(Json::Bool(value)); }
  bool RawNumber(const char* text, Size size, bool) {
    return Put(Json::Number(std::string(text, size)));
  }
  bool String(const char* text, Size size, bool) {
    return Put(Json::String(absl::string_view(text, size)));
  }
  bool Key(const char* text, Size size, bool) {
    open_.back().keys_.emplace_back(text, size);
    return true;
  }
  bool StartObject() { return Open(Json::Object()); }
  bool EndObject(Size) { return Close(); }
  bool StartArray() { return Open(Json::Array()); }
  bool EndArray(Size) { return Close(); }

  // Numbers always come as RawNumber; the reader still needs the names.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

  Json Take() { return std::move(root_); }

 private:
  bool Put(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().items_.push_back(std::move(value));
    }
    return true;
  }
  bool Open(Json value) {
    if (open_.size() >= Json::kDepthMax) return false;
    open_.push_back(std::move(value));
    return true;
  }
  bool Close() {
    Json value = std::move(open_.back());
    open_.pop_back();
    return Put(std::move(value));
  }

  Json root_;
  std::vector<Json> open_;
};

Json Json::Bool(bool value) {
  Json json;
  json.kind_ = Kind::kBool;
  json.boolean_ = value;
  return json;
}

Json Json::Integer(int64_t value) { return Number(absl::StrCat(value)); }

Json Json::Number(std::string literal) {
  Json json;
  json.kind_ = Kind::kNumber;
  json.text_ = std::move(literal);
  return json;
}

Json Json::String(absl::string_view value) {
  Json json;
  json.kind_ = Kind::kString;
  json.text_ = std::string(value);
  return json;
}

Json Json::Array() {
  Json json;
  json.kind_ = Kind::kArray;
  return json;
}

Json Json::Object() {
  Json json;
  json.kind_ = Kind::kObject;
  return json;
}

absl::StatusOr<Json> Json::Parse(absl::string_view text) {
  constexpr unsigned kFlags = rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseIterativeFlag;
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>
      stream(bytes);
  rapidjson::Reader reader;
  JsonBuilder builder;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (result.IsError()) {
    return absl::InvalidArgumentError(
        absl::StrCat(rapidjson::GetParseError_En(result.Code()), " at byte ",
                     result.Offset()));
  }
  return builder.Take();
}

const Json* Json::Find(absl::string_view key) const {
  for (size_t i = keys_.size(); i > 0; --i) {
    if (keys_[i - 1] == key) return &items_[i - 1];
  }
  return nullptr;
}

std::string Json::TextAt(absl::string_view key) const {
  const Json* value = Find(key);
  return value == nullptr ? "" : value->text();
}

std::optional<int64_t> Json::AsInteger() const {
  int64_t value = 0;
  if ((is_number() || is_string()) && absl::SimpleAtoi(text_, &value)) {
    return value;
  }
  return std::nullopt;
}

Json& Json::Add(absl::string_view key, Json value) {
  keys_.emplace_back(key);
  items_.push_back(std::move(value));
  return *this;
}

Json& Json::Append(Json value) {
  items_.push_back(std::move(value));
  return *this;
}

Json& Json::Set(absl::string_view key, Json value) {
  Remove(key);
  return Add(key, std::move(value));
}

void Json::Remove(absl::string_view key) {
  for (size_t i = keys_.size(); i > 0; --i) {
    if (keys_[i - 1] != key) continue;
    keys_.erase(keys_.begin() + (i - 1));
    items_.erase(items_.begin() + (i - 1));
  }
}

std::string Json::ToText() const {
  std::string out;
  AppendTo(&out);
  return out;
}

void Json::AppendTo(std::string* out) const {
  switch (kind_) {
    case Kind::kNull:
      out->append("null");
      return;
    case Kind::kBool:
      out->append(boolean_ ? "true" : "false");
      return;
    case Kind::kNumber:
      out->append(text_);
      return;
    case Kind::kString:
      AppendJsonString(text_, out);
      return;
    case Kind::kArray:
    case Kind::kObject:
      break;
  }
  out->push_back(is_array() ? '[' : '{');
  for (size_t i = 0; i < items_.size(); ++i) {
    if (i > 0) out->push_back(',');
    if (is_object()) {
      AppendJsonString(keys_[i], out);
      out->push_back(':');
    }
    items_[i].AppendTo(out);
  }
  out->push_back(is_array() ? ']' : '}');
}

void AppendJsonString(absl::string_view value, std::string* out) {
  out->push_back('"');
  for (const char c : value) {
    switch (c) {
      case '"':
        out->append("\\\"");
        break;
      case '\\':
        out->append("\\\\");
        break;
      case '\n':
        out->append("\\n");
        break;
      case '\r':
        out->append("\\r");
        break;
      case '\t':
        out->append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          absl::StrAppendFormat(out, "\\u%04x", c);
        } else {
          out->push_back(c);
        }
    }
  }
  out->push_back('"');
}

}  // namespace qantara::simulator
