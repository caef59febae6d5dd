// Whether two readings of one record say the same.
#ifndef QANTARA_SERVER_POLLER_RECORD_DIFFERENCE_H_
#define QANTARA_SERVER_POLLER_RECORD_DIFFERENCE_H_

#include <string>
#include <vector>

#include "qantara/v1/product.pb.h"

namespace qantara::server {

// The names of the fields that both readings tell, and tell differently: sku,
// category_id, track_quantity, selling_price, and `stock` or `stock of
// LOCATION`. Decimals are compared as decimals; what an untracked product lists
// as stock is noise.
std::vector<std::string> DifferenceOf(const v1::RemoteProduct& left,
                                      const v1::RemoteProduct& right);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_RECORD_DIFFERENCE_H_
