// Paths and queries of Qoyod API 2.0.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_URL_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_URL_H_

#include <string>

#include "absl/strings/string_view.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// Whether an id can stand in a path or a query: 1 to 40 digits.
bool IsQoyodId(absl::string_view id);

// Every byte but letters, digits, `-`, `.`, `_` and `~` as %XX.
std::string PercentEncode(absl::string_view text);

// `/products?page=..&per_page=..` and the filters, brackets encoded. Page and
// per_page are always told, and are at least 1.
std::string ListPath(const domain::ListQuery& query);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_URL_H_
