// Opens a catalog as CSV or JSON Lines.
#ifndef TOOLS_CLI_CATALOG_OPEN_CATALOG_H_
#define TOOLS_CLI_CATALOG_OPEN_CATALOG_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/cli/catalog/byte_source.h"
#include "tools/cli/catalog/catalog_reader.h"

namespace qantara::tools {

enum class CatalogFormat { kDetect, kCsv, kJsonl };

// Returns the format that a file's name says: `.csv` and `.tsv` are kCsv;
// `.jsonl`, `.ndjson` and
// `.json` are kJsonl; anything else is kDetect.
CatalogFormat FormatOfName(absl::string_view path);

// Returns a reader of `source`, in UTF-8 (a byte order mark is dropped) or in
// UTF-16 with one. kDetect takes a text whose first character other than space
// is `{` for JSON Lines.
//
// Errors: as CsvCatalogReader::Open, and the source's own.
absl::StatusOr<std::unique_ptr<CatalogReader>> OpenCatalog(
    std::unique_ptr<ByteSource> source, CatalogFormat format,
    const CatalogOptions& options);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_OPEN_CATALOG_H_
