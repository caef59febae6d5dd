// What a provider's record tells of a product's fields.
//
// A record tells the SKU, both names, type, prices, tracking, category, tax,
// description, barcode, of Qoyod's own fields the unit and the accounts of
// sales and costs, and all of Qwoty's own fields but its lists. Of these, one
// that is absent was not told by this record.
#ifndef QANTARA_DOMAIN_REMOTE_FIELDS_H_
#define QANTARA_DOMAIN_REMOTE_FIELDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Qoyod's word for a type, such as `RawMaterial`; empty for none.
absl::string_view TypeWord(v1::ProductType type);

// The type of a word; unspecified for one that clients cannot ask for, such as
// `FixedAsset`.
v1::ProductType TypeOfWord(absl::string_view word);

// Compares `product`, which was sent, with the record that the provider holds,
// as far as it tells the field: names by their aliases, decimals as numbers,
// `type` by Qoyod's word. Fields that a record never tells are not compared.
// Where the provider has one name, the Arabic one stands in for a blank English
// one.
std::vector<v1::FieldDifference> CompareWithRemote(
    const v1::Product& product, const v1::RemoteProduct& held);

// Compares what the provider derives with what it should derive from `sent`: a
// price above 0 makes the product sold (`is_sold`) or bought (`is_bought`),
// unless `sent` switches that side off.
std::vector<v1::FieldDifference> CompareDerived(const v1::Product& sent,
                                                const v1::RemoteProduct& held);

// Whether `held` tells a value for each field of `product` that a record can
// tell, and all are equal: the proof that an unknown update was applied. False
// where there is no such field, for then nothing is proven.
bool HoldsAll(const v1::Product& product, const v1::RemoteProduct& held);

// The value of the field that `path` names, as a record writes it; empty where
// it is absent or no record tells it.
std::string FieldText(absl::string_view path, const v1::Product& product);

// What clients would have asked for, judging by the record.
v1::Product ProductOfRemote(const v1::RemoteProduct& held);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_REMOTE_FIELDS_H_
