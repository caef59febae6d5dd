// How many updates of a product go into one request.
#ifndef QANTARA_DOMAIN_DELIVERY_UPDATES_TOGETHER_H_
#define QANTARA_DOMAIN_DELIVERY_UPDATES_TOGETHER_H_

#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Number of pending updates, from the oldest, that the next request carries:
// all of them; one, where some were refused together, so that each learns the
// provider's answer to its own fields.
inline int UpdatesTogether(const tables::v1::ProductRow& product) {
  return product.single_updates() > 0 ? 1 : product.pending_updates_size();
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_UPDATES_TOGETHER_H_
