// What the provider shall hold of one product, compared with its record.
#ifndef QANTARA_DOMAIN_VERIFY_PRODUCT_CHECK_H_
#define QANTARA_DOMAIN_VERIFY_PRODUCT_CHECK_H_

#include <vector>

#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Whether it is known what the provider shall hold: no write of the product is
// under way or unknown.
bool IsSettled(const tables::v1::ProductRow& row);

// What it shall hold: what clients asked for last, and, where nobody asked,
// what it told last.
v1::Product WantedOf(const tables::v1::ProductRow& row);

// The fields that `held` tells otherwise, the SKU left out; see
// CompareWithRemote.
std::vector<v1::FieldDifference> CompareFields(
    const tables::v1::ProductRow& row, const v1::RemoteProduct& held);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_VERIFY_PRODUCT_CHECK_H_
