// Records of a JSON Lines file: one object a line.
#ifndef TOOLS_CLI_CATALOG_JSONL_CATALOG_READER_H_
#define TOOLS_CLI_CATALOG_JSONL_CATALOG_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "tools/cli/catalog/byte_source.h"
#include "tools/cli/catalog/catalog_reader.h"

namespace qantara::tools {

// Numbers are taken as they are written, so decimals stay exact; true and false
// become "true" and "false"; null is an absent field. Keys play the part of
// column names; one that is missing from an object is absent there.
class JsonlCatalogReader final : public CatalogReader {
 public:
  // `source` must give UTF-8 without a byte order mark.
  JsonlCatalogReader(std::unique_ptr<ByteSource> source,
                     const CatalogOptions& options)
      : options_(options), source_(std::move(source)) {}

  // Refuses a line that is not one JSON object, one over kMaxRecordBytes, and
  // an object or array as the value of a field; under a key that is not in use
  // those are skipped.
  absl::StatusOr<bool> Next(CatalogRecord& record) override;

 private:
  absl::StatusOr<bool> ReadLine();
  absl::Status ParseLine(CatalogRecord& record);

  const CatalogOptions options_;
  const std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  size_t at_ = 0;
  std::string line_;
  uint32_t line_number_ = 0;
  uint32_t records_ = 0;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_JSONL_CATALOG_READER_H_
