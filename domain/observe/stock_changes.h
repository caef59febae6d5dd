// One product's stock as read, compared with what was known of it.
#ifndef QANTARA_DOMAIN_OBSERVE_STOCK_CHANGES_H_
#define QANTARA_DOMAIN_OBSERVE_STOCK_CHANGES_H_

#include <optional>

#include "domain/observe/record_owner.h"
#include "qantara/events/v1/stock_events.pb.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// The entry of the location that counts: the first one. Nothing where the
// product does not list it.
const v1::LocationStock* FindLocation(const v1::RemoteProduct& product,
                                      const std::string& location_id);

// Whether the record says where its stock is: it is tracked, and the answer
// carried the list. Otherwise entries of it are noise.
bool TellsStock(const v1::RemoteProduct& product);

// What `product` tells that `row` does not; nothing where they agree. An empty
// row: the product was never observed.
//
// Figures are compared as decimals. One that is listed and not measured stays
// as it was, as does all that the record does not tell. Names of locations are
// no part of a figure; they are left empty. Where the SKU, the category or the
// owner is another than before, `before` tells the former ones and `held` every
// figure that stays, with its quantity as the previous one too.
std::optional<events::v1::ProductStock> CompareStock(
    const tables::v1::StockRow& row, const RecordOwner& owner,
    const v1::RemoteProduct& product);

// The same for a product that is gone.
std::optional<events::v1::ProductStock> CompareGone(
    const tables::v1::StockRow& row, const RecordOwner& owner);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_STOCK_CHANGES_H_
