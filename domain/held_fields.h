// What the provider holds of what clients asked for.
#ifndef QANTARA_DOMAIN_HELD_FIELDS_H_
#define QANTARA_DOMAIN_HELD_FIELDS_H_

#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// What clients last asked for, without the fields that somebody changed at the
// provider since, as the last reading saw: asking for those again is no repeat.
v1::Product HeldFields(const tables::v1::ProductRow& row);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_HELD_FIELDS_H_
