// A catalog file as a sequence of neutral records, whatever its format.
#ifndef TOOLS_CLI_CATALOG_CATALOG_READER_H_
#define TOOLS_CLI_CATALOG_CATALOG_READER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/cli/catalog/catalog_field.h"
#include "tools/cli/catalog/column_mapping.h"

namespace qantara::tools {

// One data record. Values are the file's, byte for byte, except that the outer
// white space of keys is left out: a SKU with a stray tab is the same SKU to
// everybody, and the server refuses it. Nothing is checked.
struct CatalogRecord {
  // Number of the data record, counted from 1; a header and empty lines do not
  // count.
  uint32_t line = 0;
  // Fields with their text, in the order of CatalogField. A field is there when
  // its cell holds something, or when it is a price whose cell is blank: the
  // server refuses that line by name.
  std::vector<std::pair<CatalogField, std::string>> fields;
  // Where a value is not valid UTF-8, which the server will refuse; empty when
  // all are.
  std::string notice;
  // Whether a key had outer white space.
  bool trimmed = false;
};

// How to read a catalog.
struct CatalogOptions {
  ColumnMapping mapping;
  // Leaves a price out when its cell is empty or holds only spaces.
  bool omit_blank_price = false;
  // Separates the cells of a CSV file.
  char delimiter = ',';
};

// Reads records one after the other, in memory bounded by the largest one
// (kMaxRecordBytes). One thread at a time.
class CatalogReader {
 public:
  virtual ~CatalogReader() = default;

  // Reads the next record into `record`; returns false at the end.
  //
  // Errors: kInvalidArgument, with the record's number and the file's line in
  // the message, when the file is malformed there. The reader must not be used
  // after an error.
  virtual absl::StatusOr<bool> Next(CatalogRecord& record) = 0;
};

// Adds `text` as a field of `record`, or leaves it out, as CatalogRecord and
// `options` say. `column` is the name of its column, for the notice.
void AddField(const BoundColumn& bound, absl::string_view column,
              absl::string_view text, const CatalogOptions& options,
              CatalogRecord& record);

// Returns what is wrong with `text` as UTF-8, naming the byte, or nothing.
std::string Utf8Problem(absl::string_view text);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_CATALOG_READER_H_
