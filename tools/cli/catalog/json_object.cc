#include "tools/cli/catalog/json_object.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

// Collects the members of the outermost object. Returns false, which ends the
// parse, when the outermost value is something else.
class Collector
    : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Collector> {
 public:
  bool Null() { return Add(JsonObject::Kind::kNull, ""); }
  bool Bool(bool value) {
    return Add(JsonObject::Kind::kText, value ? "true" : "false");
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Add(JsonObject::Kind::kText, std::string(text, size));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return Add(JsonObject::Kind::kText, std::string(text, size));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (depth_ == 1) object_.keys.emplace_back(text, size);
    return true;
  }
  bool StartObject() { return depth_ == 0 ? (++depth_, true) : Open(); }
  bool StartArray() { return Open(); }
  bool EndObject(rapidjson::SizeType) { return --depth_, true; }
  bool EndArray(rapidjson::SizeType) { return --depth_, true; }

  JsonObject Take() { return std::move(object_); }

 private:
  bool Add(JsonObject::Kind kind, std::string text) {
    if (depth_ == 1) object_.values.push_back({kind, std::move(text)});
    return depth_ > 0;
  }
  bool Open() {
    const bool inside = Add(JsonObject::Kind::kNested, "");
    ++depth_;
    return inside;
  }

  int depth_ = 0;
  JsonObject object_;
};

}  // namespace

absl::StatusOr<JsonObject> ParseJsonObject(absl::string_view text) {
  // RapidJSON takes a NUL for the end of the text.
  if (const size_t nul = text.find('\0'); nul != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("column ", nul + 1, ": a NUL byte"));
  }
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  Collector collector;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, collector);
  if (!result.IsError()) return collector.Take();
  if (result.Code() == rapidjson::kParseErrorTermination) {
    return absl::InvalidArgumentError("not a JSON object");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("column ", result.Offset() + 1, ": ",
                   rapidjson::GetParseError_En(result.Code())));
}

}  // namespace qantara::tools
