// What an item changes on a product that exists.
#ifndef QANTARA_DOMAIN_DELIVERY_FIELDS_TO_SEND_H_
#define QANTARA_DOMAIN_DELIVERY_FIELDS_TO_SEND_H_

#include "domain/line_rules.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Returns the fields that a request for the item sends: those of `line` that
// the provider was not asked for yet or does not hold any more, except what
// updates set after the item was accepted. None for an item that a newer one
// overtook; never what is set once (ClearFixedFields), nor a former SKU.
v1::Product FieldsToSend(const v1::Product& line,
                         const tables::v1::ItemRow& item,
                         const tables::v1::ProductRow& product);

// Removes what the provider has no place for in an update: it could never be
// acknowledged. Where the provider has one name and clients never asked for an
// English one, the Arabic name takes its place beside a blank `name_en`.
void FitToProvider(const LineRules& rules,
                   const tables::v1::ProductRow& product, v1::Product* fields);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_FIELDS_TO_SEND_H_
