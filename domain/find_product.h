// Products by any of their keys.
#ifndef QANTARA_DOMAIN_FIND_PRODUCT_H_
#define QANTARA_DOMAIN_FIND_PRODUCT_H_

#include <string>

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Returns the product that `selector` names; former SKUs and remote ids are
// answered to.
//
// Errors: kNotFound (PRODUCT_NOT_FOUND); kDataLoss.
absl::StatusOr<tables::v1::ProductRow> FindProduct(
    const TableReader& state, const std::string& connection,
    const ProductSelector& selector);

// Returns whether the remote id belongs to a product now; a former one does
// not, and a row that cannot be read counts as none.
bool IsMappedRemoteId(const TableReader& state, const std::string& connection,
                      const std::string& remote_id);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FIND_PRODUCT_H_
