// The fields of a product as one table: names, presence, comparison, merging.
//
// A path names a field as clients write it in a mask: `selling_price`,
// `qoyod.sale_item`. The table follows the descriptor, so that a new field is
// never forgotten.
#ifndef QANTARA_DOMAIN_PRODUCT_FIELDS_H_
#define QANTARA_DOMAIN_PRODUCT_FIELDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/remote_fields.h"  // IWYU pragma: export
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Paths of the fields that are present, in the order of their numbers. `type`
// is present when it is not unspecified; a list when it is not empty.
std::vector<std::string> PresentFields(const v1::Product& product);

// Returns `product` with exactly the fields that `paths` name.
//
// Errors: kInvalidArgument, field `update_mask`: MASK_INVALID for an empty list
// or an unknown path (`qoyod` alone is unknown) or a path without a value in
// `product`; FIELD_IMMUTABLE for `type`. One problem for each such path.
absl::StatusOr<v1::Product> SelectFields(const v1::Product& product,
                                         absl::Span<const std::string> paths);

// Sets every field that is present in `changes`; a list replaces the other.
void MergeFields(const v1::Product& changes, v1::Product* product);

// Whether a field has this path; `qoyod` alone is none.
bool IsField(absl::string_view path);

// Removes a field; a path that is absent or unknown changes nothing.
void ClearField(absl::string_view path, v1::Product* product);

// Removes the fields that are set once, when the product is created: `type`,
// and Qwoty's `api_name`, `recurrence_type` and `catalog_ids`.
void ClearFixedFields(v1::Product* product);

// Returns the fields of `wanted` that are absent in `base` or differ there.
// Decimals are compared as numbers, everything else byte for byte.
v1::Product DifferingFields(const v1::Product& wanted, const v1::Product& base);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PRODUCT_FIELDS_H_
