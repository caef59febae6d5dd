// Whose turn it is among the items of a product.
#ifndef QANTARA_DOMAIN_DELIVERY_TURN_H_
#define QANTARA_DOMAIN_DELIVERY_TURN_H_

#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Whether a creating request may carry the product: no record is known.
bool MayBeCreated(const tables::v1::ProductRow& product);

// Whether something may be done for the waiting item now: no request of its
// product is open, no older item of the product waits, and no search for a
// guilty item holds it. A blocked item holds nobody up and may be looked at
// always.
bool HasTurn(const tables::v1::ItemRow& item,
             const tables::v1::ProductRow& product);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_TURN_H_
