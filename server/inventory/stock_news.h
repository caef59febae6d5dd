// Stock events as the changes that a watch tells. Pure.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_
#define QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_

#include <google/protobuf/repeated_field.h>

#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/inventory/stock_filter.h"

namespace qantara::server {

// Adds what the event tells of figures and locations that `filter` wants, in
// its order. Nothing is looked up: the event knows what products were called
// before.
//
// A figure inside the filter before and now is a `change`, as is one that did
// not exist; one that leaves the filter is `removed`, one that enters it a
// `row`. A product that has no figures now is a `change` or `row` without
// location, which tells its state; figures that it gets later replace it. A
// location is wanted where no other ones are named.
void AddNews(const events::v1::Event& event, const StockFilter& filter,
             google::protobuf::RepeatedPtrField<v1::InventoryChange>* out);

// Whether the product has no figures after the event.
bool TellsState(const events::v1::ProductStock& product);

// Tells negative quantities as 0.
void FloorAtZero(v1::InventoryChange* change);
void FloorAtZero(v1::StockLevel* level);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_
