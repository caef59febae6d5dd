// Records of a CSV file whose first record names the columns.
#ifndef TOOLS_CLI_CATALOG_CSV_CATALOG_READER_H_
#define TOOLS_CLI_CATALOG_CSV_CATALOG_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/cli/catalog/byte_source.h"
#include "tools/cli/catalog/catalog_reader.h"
#include "tools/cli/catalog/csv_parser.h"

namespace qantara::tools {

class CsvCatalogReader final : public CatalogReader {
 public:
  // Reads the header of `source`, which must give UTF-8 without a byte order
  // mark.
  //
  // Errors: kInvalidArgument when there is no header, when no column means a
  // field, or as BindColumns and CsvParser say.
  static absl::StatusOr<std::unique_ptr<CatalogReader>> Open(
      std::unique_ptr<ByteSource> source, const CatalogOptions& options);

  // Beside malformed CSV, refuses a record whose number of cells is not the
  // header's.
  absl::StatusOr<bool> Next(CatalogRecord& record) override;

 private:
  CsvCatalogReader(std::unique_ptr<ByteSource> source,
                   const CatalogOptions& options)
      : options_(options), parser_(std::move(source), options.delimiter) {}

  absl::Status ReadHeader();
  absl::Status CheckWidth() const;

  const CatalogOptions options_;
  CsvParser parser_;
  std::vector<std::string> names_;
  std::vector<BoundColumn> bound_;
  CsvRow row_;
  uint32_t records_ = 0;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_CSV_CATALOG_READER_H_
