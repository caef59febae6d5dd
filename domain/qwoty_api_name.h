// Names that products get at Qwoty where their client gives none.
#ifndef QANTARA_DOMAIN_QWOTY_API_NAME_H_
#define QANTARA_DOMAIN_QWOTY_API_NAME_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// Longest derived name in characters. Qwoty tells no bound of its own.
inline constexpr size_t kMaxDerivedApiName = 80;

// Returns the SKU as lowercase letters, digits and underscores, an underscore,
// and 10 hexadecimal digits of SHA-256 over the connection and the external id,
// or the SKU where there is no external id. The same arguments always give the
// same name; names of different products differ although their SKUs may look
// alike ("A-1" and "A_1"). A SKU without such characters counts as `product`.
std::string DeriveApiName(absl::string_view connection,
                          absl::string_view external_id, absl::string_view sku);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_QWOTY_API_NAME_H_
