// Request bodies of Qwoty's API (specification 004): one flat object, in which
// `inventory[sku]` is one literal key.
#ifndef QANTARA_ADAPTERS_QWOTY_QWOTY_ENCODE_H_
#define QANTARA_ADAPTERS_QWOTY_QWOTY_ENCODE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::adapters {

// Which request the body is for. An update takes neither `api_name`,
// `recurrence_type` nor `catalog_ids`.
enum class QwotyWriteKind { kCreate, kUpdate };

// Whether the text has the form of Qwoty's ids: a UUID.
bool IsQwotyId(absl::string_view id);

// Returns what cannot be written as Qwoty wants it: decimals that are not plain
// decimals in ASCII digits, category and catalog ids that are no UUIDs, words
// that are not in the specification, and on an update fields that cannot be
// changed. Creating also needs one of the two names, and `qwoty.api_name` where
// there is no SKU to derive it from; an update may have a blank `name_en` only
// beside a `name_ar` that takes its place. Blank is what domain::IsBlank says.
// Paths begin with `prefix`, such as `product.`. Nothing else is checked.
std::vector<v1::ItemProblem> CheckQwotyProduct(const v1::Product& product,
                                               QwotyWriteKind kind,
                                               absl::string_view prefix);

// Returns the paths of the present fields that Qwoty has no place for: prices,
// type, tax, barcode, tracking, and the Arabic name where it does not stand in
// for the English one. They are left out of the body.
std::vector<std::string> FieldsQwotyLacks(const v1::Product& product,
                                          QwotyWriteKind kind);

// Returns the body for creating one product; decimals are numbers with exactly
// the digits given. `name` is the English name, or the Arabic one where the
// English one is blank. `api_name` is used where the product has none;
// `recurrence_type` is `one_off` where it has none. `category_id` comes before
// `qwoty.category_ids`, each id once.
//
// CheckQwotyProduct must have found nothing.
std::string EncodeQwotyCreate(const v1::Product& product,
                              absl::string_view api_name);

// Returns the body for changing exactly the present fields, under the same
// condition. The Arabic name stands in only where the English one is present
// and blank: alone it would overwrite the English name. An update of nothing
// but `name_ar` is `{}`, which QwotyGateway refuses unsent.
std::string EncodeQwotyUpdate(const v1::Product& fields);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QWOTY_QWOTY_ENCODE_H_
