// Request bodies of Qoyod API 2.0.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_ENCODE_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_ENCODE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::adapters {

// Returns what cannot be written as Qoyod wants it: ids that are not whole
// numbers of at most 18 digits without zeros in front, and decimals that are
// not plain decimals in ASCII digits. Paths begin with `prefix`, such as
// `product.`. Nothing else is checked.
std::vector<v1::ItemProblem> CheckQoyodProduct(const v1::Product& product,
                                               absl::string_view prefix);

// Returns `{"product": ...}` for creating: an object when `single`, else an
// array. `type` is always told; decimals are numbers with exactly the digits
// given; what is absent in a product is absent in the body. `is_sold` and
// `is_bought` are never told.
//
// CheckQoyodProduct must have found nothing in any product.
std::string EncodeCreate(absl::Span<const v1::Product> products, bool single);

// Returns `{"product": {...}}` with exactly the present fields, and never
// `type`, under the same condition.
std::string EncodeUpdate(const v1::Product& fields);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_ENCODE_H_
