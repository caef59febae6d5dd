// Which column of a catalog file is which field.
#ifndef TOOLS_CLI_CATALOG_COLUMN_MAPPING_H_
#define TOOLS_CLI_CATALOG_COLUMN_MAPPING_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/cli/catalog/catalog_field.h"

namespace qantara::tools {

// What the user said about columns. Where something is said, only that counts:
// other columns are left out. Where nothing is said, columns are known by their
// names (catalog_field.h).
struct ColumnMapping {
  // Field -> the column's name in the file.
  std::map<CatalogField, std::string> columns;
};

// One column in use.
struct BoundColumn {
  CatalogField field;
  size_t index;  // Into the names given to BindColumns.
};

// Adds what an option says: `field=Column`, or several separated by commas. A
// comma that is not followed by a field's name and `=` belongs to the column's
// name.
//
// Errors: kInvalidArgument for an unknown field, an empty column name, a
// missing `=`, or a field mapped before to another column.
absl::Status AddMapOption(absl::string_view text, ColumnMapping& mapping);

// Adds what a mapping file says: one `field=Column` a line; empty lines and
// lines that start with
// `#` are skipped, outer space of the two sides as well.
//
// Errors: as AddMapOption, with the line's number.
absl::Status AddMapFile(absl::string_view text, ColumnMapping& mapping);

// Returns the columns in use among `names`, in the order of CatalogField. A
// mapped column is found by its exact name, else by its normalized one;
// `all_required` says whether it must be there.
//
// Errors: kInvalidArgument when a required column is missing or there twice,
// and when two columns mean the same field.
absl::StatusOr<std::vector<BoundColumn>> BindColumns(
    const std::vector<std::string>& names, const ColumnMapping& mapping,
    bool all_required);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_COLUMN_MAPPING_H_
