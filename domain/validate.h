// Validation of whole products and of clients' ids; pure.
#ifndef QANTARA_DOMAIN_VALIDATE_H_
#define QANTARA_DOMAIN_VALIDATE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "domain/line_rules.h"
#include "domain/text_checks.h"  // IWYU pragma: export
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Bounds, in characters.
inline constexpr size_t kMaxSkuCharacters = 250;
inline constexpr size_t kMaxNameCharacters = 250;
inline constexpr size_t kMaxBarcodeCharacters = 250;
inline constexpr size_t kMaxExternalIdCharacters = 128;
inline constexpr size_t kMaxClientIdCharacters = 128;

// Everything that is wrong with `product` for creating it (`for_update` false:
// names and SKU are required, type and tracking must agree) or for updating it
// with its present fields (names and SKU may be absent but not emptied; `type`
// is immutable). Paths begin with `prefix`, such as `product.`. At most
// kMaxProblems. What only the provider minds is looked for where nothing else
// was found.
//
// Names and descriptions are kept as they are: outer space and line breaks in
// them are data. A name that shows nothing does not count as a name.
std::vector<v1::ItemProblem> ValidateProduct(const v1::Product& product,
                                             const LineRules& rules,
                                             bool for_update,
                                             absl::string_view prefix);

// Everything that is wrong with a client's id of a product; an empty one is
// absent.
std::vector<v1::ItemProblem> ValidateExternalId(absl::string_view external_id,
                                                absl::string_view field);

// Normalises decimals to ASCII digits without zeros in front; returns whether
// anything changed. Call after ValidateProduct found no problem; what is no
// decimal stays.
bool NormalizeDecimals(v1::Product* product);

// Checks the form of a client's id of an import or request: 1 to 128 letters,
// digits, `_`, `-` or `.`. `field` is the path for the error.
//
// Errors: kInvalidArgument: FIELD_REQUIRED, FIELD_TOO_LONG or FIELD_INVALID.
absl::Status ValidateClientId(absl::string_view id, absl::string_view field);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_VALIDATE_H_
