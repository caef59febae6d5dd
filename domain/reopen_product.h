// A product that is not a duplicate any more, because somebody said so.
#ifndef QANTARA_DOMAIN_REOPEN_PRODUCT_H_
#define QANTARA_DOMAIN_REOPEN_PRODUCT_H_

#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Lets a DUPLICATE product be looked for and created again; any other stays as
// it is.
inline void ReopenProduct(tables::v1::ProductRow* product) {
  if (product->state() != v1::MAPPING_STATE_DUPLICATE) return;
  product->set_state(product->former_remote_ids().empty()
                         ? v1::MAPPING_STATE_PENDING
                         : v1::MAPPING_STATE_STALE);
  product->clear_duplicate_remote_ids();
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_REOPEN_PRODUCT_H_
