// Checks of the fields that one provider alone knows.
#ifndef QANTARA_DOMAIN_PROVIDER_CHECKS_H_
#define QANTARA_DOMAIN_PROVIDER_CHECKS_H_

#include "domain/field_problems.h"
#include "domain/line_rules.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Most entries of a list in a product.
inline constexpr size_t kMaxListEntries = 100;

// Most characters of long free texts: description, terms.
inline constexpr size_t kMaxLongTextCharacters = 10'000;

// Adds what is wrong with `product.qoyod` and `product.qwoty`, and
// FIELD_INVALID where one is present on a connection of the other provider.
void CheckProviderFields(const v1::Product& product, const LineRules& rules,
                         FieldProblems& problems);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PROVIDER_CHECKS_H_
