#include "tools/cli/import_options.h"

#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/cli/catalog/byte_source.h"

namespace qantara::tools {
namespace {

using absl::InvalidArgumentError;
using absl::StrCat;

constexpr uint32_t kRetrySeconds = 300;
constexpr uint32_t kMaxRetrySeconds = 7 * 24 * 3600;

absl::Status ReadMapFile(const std::string& path, ColumnMapping& mapping) {
  const absl::StatusOr<int> descriptor = OpenForReading(path);
  if (!descriptor.ok()) return descriptor.status();
  const std::unique_ptr<ByteSource> source = ReadDescriptor(*descriptor);
  std::string text;
  std::string piece;
  absl::Status status;
  do {
    status = source->Read(piece);
    text += piece;
  } while (status.ok() && !piece.empty() && text.size() <= kMaxMapFileBytes);
  close(*descriptor);
  if (!status.ok()) return status;
  if (text.size() > kMaxMapFileBytes) {
    return InvalidArgumentError(
        StrCat("is larger than ", kMaxMapFileBytes, " bytes"));
  }
  return AddMapFile(text, mapping);
}

absl::Status ReadMapping(const Arguments& arguments, ColumnMapping& mapping) {
  for (const std::string& path : arguments.Values("map_file")) {
    if (absl::Status status = ReadMapFile(path, mapping); !status.ok()) {
      return absl::Status(status.code(),
                          StrCat("--map_file ", path, ": ", status.message()));
    }
  }
  for (const std::string& text : arguments.Values("map")) {
    if (absl::Status status = AddMapOption(text, mapping); !status.ok()) {
      return absl::Status(status.code(), StrCat("--map: ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<CatalogFormat> ReadFormat(const Arguments& arguments,
                                         absl::string_view path) {
  const std::string text = arguments.Value("format");
  if (text.empty()) return FormatOfName(path);
  if (absl::EqualsIgnoreCase(text, "csv")) return CatalogFormat::kCsv;
  if (absl::EqualsIgnoreCase(text, "jsonl")) return CatalogFormat::kJsonl;
  return InvalidArgumentError(
      StrCat("--format is csv or jsonl, not \"", text, "\""));
}

absl::StatusOr<char> ReadDelimiter(const Arguments& arguments,
                                   absl::string_view path) {
  const char usual = absl::EndsWithIgnoreCase(path, ".tsv") ? '\t' : ',';
  const std::string text = arguments.Value("delimiter", std::string(1, usual));
  if (text == "tab") return '\t';
  if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r" &&
      text[0] != '\0') {
    return text[0];
  }
  return InvalidArgumentError(
      StrCat("--delimiter is one character or tab, not \"", text, "\""));
}

absl::StatusOr<bool> ReadBlankPrice(const Arguments& arguments) {
  const std::string text = arguments.Value("blank_price", "invalid");
  if (text == "invalid" || text == "omit") return text == "omit";
  return InvalidArgumentError(
      StrCat("--blank_price is invalid or omit, not \"", text, "\""));
}

}  // namespace

absl::StatusOr<ImportOptions> ReadImportOptions(const Arguments& arguments,
                                                absl::string_view path) {
  ImportOptions options;
  if (absl::Status status = ReadMapping(arguments, options.catalog.mapping);
      !status.ok()) {
    return status;
  }
  const auto format = ReadFormat(arguments, path);
  if (!format.ok()) return format.status();
  const auto delimiter = ReadDelimiter(arguments, path);
  if (!delimiter.ok()) return delimiter.status();
  const auto omit = ReadBlankPrice(arguments);
  if (!omit.ok()) return omit.status();
  const auto policy = ReadExistingPolicy(arguments);
  if (!policy.ok()) return policy.status();
  const auto lines =
      arguments.Number("batch_lines", 1, kMaxBatchLines, options.limits.lines);
  if (!lines.ok()) return lines.status();
  options.format = *format;
  options.catalog.delimiter = *delimiter;
  options.catalog.omit_blank_price = *omit;
  options.existing_policy = *policy;
  options.limits.lines = *lines;
  options.allow_missing_sku = arguments.On("allow_missing_sku");
  options.detach = arguments.On("detach");
  return options;
}

absl::StatusOr<absl::Duration> ReadRetryFor(const Arguments& arguments) {
  const auto seconds =
      arguments.Number("retry_for", 0, kMaxRetrySeconds, kRetrySeconds);
  if (!seconds.ok()) return seconds.status();
  return absl::Seconds(*seconds);
}

absl::StatusOr<v1::ExistingPolicy> ReadExistingPolicy(
    const Arguments& arguments) {
  const std::string text = arguments.Value("existing");
  if (text.empty()) return v1::EXISTING_POLICY_UNSPECIFIED;
  v1::ExistingPolicy policy;
  if (v1::ExistingPolicy_Parse(
          StrCat("EXISTING_POLICY_", absl::AsciiStrToUpper(text)), &policy)) {
    return policy;
  }
  return InvalidArgumentError(
      StrCat("--existing is link, update, park or fail, not \"", text, "\""));
}

}  // namespace qantara::tools
