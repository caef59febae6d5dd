#include "tools/cli/catalog/open_catalog.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "tools/cli/catalog/csv_catalog_reader.h"
#include "tools/cli/catalog/decoded_source.h"
#include "tools/cli/catalog/jsonl_catalog_reader.h"

namespace qantara::tools {
namespace {

// A source whose first bytes were already read.
class PrefixedSource final : public ByteSource {
 public:
  PrefixedSource(std::string prefix, std::unique_ptr<ByteSource> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  absl::Status Read(std::string& out) override {
    if (prefix_.empty()) return rest_->Read(out);
    out = std::exchange(prefix_, "");
    return absl::OkStatus();
  }

 private:
  std::string prefix_;
  const std::unique_ptr<ByteSource> rest_;
};

}  // namespace

CatalogFormat FormatOfName(absl::string_view path) {
  for (const absl::string_view ending : {".csv", ".tsv"}) {
    if (absl::EndsWithIgnoreCase(path, ending)) return CatalogFormat::kCsv;
  }
  for (const absl::string_view ending : {".jsonl", ".ndjson", ".json"}) {
    if (absl::EndsWithIgnoreCase(path, ending)) return CatalogFormat::kJsonl;
  }
  return CatalogFormat::kDetect;
}

absl::StatusOr<std::unique_ptr<CatalogReader>> OpenCatalog(
    std::unique_ptr<ByteSource> source, CatalogFormat format,
    const CatalogOptions& options) {
  source = DecodeText(std::move(source));
  if (format == CatalogFormat::kDetect) {
    std::string first;
    if (absl::Status status = source->Read(first); !status.ok()) return status;
    const absl::string_view text = absl::StripLeadingAsciiWhitespace(first);
    format = absl::StartsWith(text, "{") ? CatalogFormat::kJsonl
                                         : CatalogFormat::kCsv;
    source =
        std::make_unique<PrefixedSource>(std::move(first), std::move(source));
  }
  if (format == CatalogFormat::kCsv)
    return CsvCatalogReader::Open(std::move(source), options);
  return std::make_unique<JsonlCatalogReader>(std::move(source), options);
}

}  // namespace qantara::tools
