#include "tools/cli/catalog/csv_catalog_reader.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace qantara::tools {
namespace {

absl::Status Prefixed(absl::string_view prefix, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(prefix, status.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<CatalogReader>> CsvCatalogReader::Open(
    std::unique_ptr<ByteSource> source, const CatalogOptions& options) {
  std::unique_ptr<CsvCatalogReader> reader(
      new CsvCatalogReader(std::move(source), options));
  if (absl::Status status = reader->ReadHeader(); !status.ok())
    return Prefixed("header, ", status);
  return reader;
}

absl::Status CsvCatalogReader::ReadHeader() {
  const absl::StatusOr<bool> more = parser_.Next(row_);
  if (!more.ok()) return more.status();
  if (!*more) return absl::InvalidArgumentError("the file is empty");
  names_ = row_.cells;
  const std::string where = absl::StrCat("line ", row_.line, ": ");
  for (const std::string& name : names_) {
    if (const std::string problem = Utf8Problem(name); !problem.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(where, problem, "; convert the file, for example with ",
                       "iconv -f WINDOWS-1256 -t UTF-8"));
    }
  }
  absl::StatusOr<std::vector<BoundColumn>> bound =
      BindColumns(names_, options_.mapping, /*all_required=*/true);
  if (!bound.ok()) return Prefixed(where, bound.status());
  if (bound->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        where,
        "no column is known by its name; name them with --map field=Column. ",
        "The columns are ", absl::StrJoin(names_, ", ")));
  }
  bound_ = *std::move(bound);
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvCatalogReader::Next(CatalogRecord& record) {
  const absl::StatusOr<bool> more = parser_.Next(row_);
  if (!more.ok())
    return Prefixed(absl::StrCat("row ", records_ + 1, ", "), more.status());
  if (!*more) return false;
  record.line = ++records_;
  record.fields.clear();
  record.notice.clear();
  record.trimmed = false;
  if (absl::Status status = CheckWidth(); !status.ok()) return status;
  for (const BoundColumn& column : bound_) {
    AddField(column, names_[column.index], row_.cells[column.index], options_,
             record);
  }
  if (!record.notice.empty()) {
    record.notice = absl::StrCat("row ", records_, ", line ", row_.line, ", ",
                                 record.notice);
  }
  return true;
}

absl::Status CsvCatalogReader::CheckWidth() const {
  if (row_.cells.size() == names_.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "row ", records_, ", line ", row_.line, ": ", row_.cells.size(),
      " cells, but the header has ", names_.size()));
}

}  // namespace qantara::tools
