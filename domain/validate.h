// Validation of single fields and of whole products; pure.
#ifndef QANTARA_DOMAIN_VALIDATE_H_
#define QANTARA_DOMAIN_VALIDATE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "domain/line.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Everything that is wrong with `product` for creating it (`for_update` false:
// names and SKU are required, type and tracking must agree) or for updating it
// with its present fields. Paths begin with `prefix`, such as `product.`.
std::vector<v1::ItemProblem> ValidateProduct(const v1::Product& product,
                                             const LineRules& rules,
                                             bool for_update,
                                             absl::string_view prefix);

// Normalises decimals to ASCII digits; returns whether anything changed. Call
// after ValidateProduct found no problem.
bool NormalizeDecimals(v1::Product* product);

// Checks the form of a client's id of an import or request: 1 to 128 letters,
// digits, `_`, `-` or `.`. `field` is the path for the error.
absl::Status ValidateClientId(absl::string_view id, absl::string_view field);

// Whether the text has outer space or an invisible character (zero width,
// directional marks, controls, no-break space ...).
bool HasInvisible(absl::string_view text);

// The key under which SKUs are equal "only after normalisation": outer space
// and invisible characters removed, Latin letters in lower case, Arabic digits
// as ASCII digits.
std::string NormalizedSku(absl::string_view sku);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_VALIDATE_H_
