// Catalogs to import, and what came of them at the provider.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_CATALOG_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_CATALOG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/json.h"

namespace qantara::process {

struct CatalogRow {
  std::string sku;
  std::string name_en;
  std::string name_ar;
  std::string selling_price;  // Blank: the line is INVALID.
};

// Rows with names in both languages, some with a line break, quotes, Arabic
// digits or outer space, and prices of zero to three decimals.
std::vector<CatalogRow> SampleRows(int count);

// The rows as a CSV file with the columns sku, name_en, name_ar and
// selling_price.
std::string ToCsv(const std::vector<CatalogRow>& rows);

// Reads the rows of a CSV file; outer white space is no part of a SKU. `map`
// says which column is which field, such as "sku=Code,name_en=Trade Name";
// without it the fields' own names are the columns. Shares no code with the
// command line.
//
// Errors: kInvalidArgument for a missing column or an open quote.
absl::StatusOr<std::vector<CatalogRow>> FromCsv(absl::string_view text,
                                                absl::string_view map);

// The decimal without leading and trailing zeros: "025.50" is "25.5". Arabic
// digits and the Arabic decimal separator are read as ours.
std::string PlainDecimal(absl::string_view text);

// What is wrong with the provider's records, at most 20 sentences: each priced
// row is there exactly once, with the same bytes in its names and the same
// decimal as its price; no other record is there.
std::vector<std::string> CompareRecords(
    const std::vector<CatalogRow>& rows,
    const std::vector<simulator::Json>& records);

// How many rows have a price.
size_t CountPriced(const std::vector<CatalogRow>& rows);

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_CATALOG_H_
