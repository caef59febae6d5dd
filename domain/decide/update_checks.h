// Whether a product can take an update.
#ifndef QANTARA_DOMAIN_DECIDE_UPDATE_CHECKS_H_
#define QANTARA_DOMAIN_DECIDE_UPDATE_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Checks that the product has a record; `name` is how the caller called it.
//
// Errors: kFailedPrecondition (MAPPING_STALE, SKU_DUPLICATE,
// PRODUCT_NOT_MAPPED).
absl::Status CheckMapped(const tables::v1::ProductRow& row,
                         absl::string_view name);

// Checks that the SKU among `fields`, if any, is free or the product's own.
//
// Errors: kAlreadyExists (SKU_IN_USE); kDataLoss.
absl::Status CheckSkuFree(const std::string& connection,
                          const v1::Product& fields,
                          const tables::v1::ProductRow& row,
                          const TableReader& state);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_UPDATE_CHECKS_H_
