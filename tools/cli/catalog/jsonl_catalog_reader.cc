#include "tools/cli/catalog/jsonl_catalog_reader.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/cli/catalog/csv_parser.h"
#include "tools/cli/catalog/json_object.h"

namespace qantara::tools {

absl::StatusOr<bool> JsonlCatalogReader::Next(CatalogRecord& record) {
  while (true) {
    absl::StatusOr<bool> more = ReadLine();
    if (more.ok() && !*more) return false;
    if (more.ok() && absl::StripAsciiWhitespace(line_).empty()) continue;
    const absl::Status status = more.ok() ? ParseLine(record) : more.status();
    if (status.ok()) return true;
    return absl::Status(status.code(),
                        absl::StrCat("row ", records_ + 1, ", line ",
                                     line_number_, ": ", status.message()));
  }
}

absl::StatusOr<bool> JsonlCatalogReader::ReadLine() {
  line_.clear();
  ++line_number_;
  while (true) {
    if (at_ == buffer_.size()) {
      at_ = 0;
      if (absl::Status status = source_->Read(buffer_); !status.ok())
        return status;
      if (buffer_.empty()) return !line_.empty();
    }
    const size_t end = buffer_.find('\n', at_);
    const size_t stop = end == std::string::npos ? buffer_.size() : end;
    line_.append(buffer_, at_, stop - at_);
    if (line_.size() > kMaxRecordBytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the record is larger than ", kMaxRecordBytes, " bytes"));
    }
    at_ = end == std::string::npos ? stop : stop + 1;
    if (end != std::string::npos) return true;
  }
}

absl::Status JsonlCatalogReader::ParseLine(CatalogRecord& record) {
  absl::StatusOr<JsonObject> object = ParseJsonObject(line_);
  if (!object.ok()) return object.status();
  const absl::StatusOr<std::vector<BoundColumn>> bound =
      BindColumns(object->keys, options_.mapping, /*all_required=*/false);
  if (!bound.ok()) return bound.status();
  record.fields.clear();
  record.notice.clear();
  record.trimmed = false;
  for (const BoundColumn& column : *bound) {
    const JsonObject::Value& value = object->values[column.index];
    if (value.kind == JsonObject::Kind::kNull) continue;
    if (value.kind == JsonObject::Kind::kNested) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", object->keys[column.index],
                       "\" holds an object or array; a field takes text, a "
                       "number, true, false ",
                       "or null"));
    }
    AddField(column, object->keys[column.index], value.text, options_, record);
  }
  record.line = ++records_;
  if (!record.notice.empty()) {
    record.notice = absl::StrCat("row ", records_, ", line ", line_number_,
                                 ", ", record.notice);
  }
  return absl::OkStatus();
}

}  // namespace qantara::tools
