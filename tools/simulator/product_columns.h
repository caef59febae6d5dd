// The stored columns of a product that filters and sorting may name. They are
// the stored names (en_name, name), not the ones that answers carry.
#ifndef TOOLS_SIMULATOR_PRODUCT_COLUMNS_H_
#define TOOLS_SIMULATOR_PRODUCT_COLUMNS_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "tools/simulator/decimal_text.h"
#include "tools/simulator/product.h"

namespace qantara::simulator {

// Null, text, whole number (also flags and times) or decimal.
using ColumnValue =
    std::variant<std::monostate, std::string, int64_t, DecimalValue>;

enum class ColumnKind { kText, kInteger, kFlag, kTime, kDecimal };

// Nothing when there is no such column.
std::optional<ColumnKind> ColumnKindOf(absl::string_view column);

// `text` as a value of a column of that kind. An integer that is none reads as
// 0, as a database casts it; nothing for a time or decimal that is none.
std::optional<ColumnValue> ParseColumnValue(ColumnKind kind,
                                            const std::string& text);

// Null when the product has no value or there is no such column.
ColumnValue ColumnOf(const Product& product, absl::string_view column);

// Negative, 0 or positive. Null sorts before everything.
int CompareColumnValues(const ColumnValue& a, const ColumnValue& b);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_COLUMNS_H_
