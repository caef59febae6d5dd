// Stock events as messages of a watch. Pure.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_
#define QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_

#include <vector>

#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/row_messages.h"
#include "server/inventory/stock_filter.h"

namespace qantara::server {

// The changes of one product that `filter` wants, in the order of the event.
// Where there are no figures left, or only the product's state changed, a
// change without figure says the state.
std::vector<v1::WatchInventoryResponse> NewsOf(
    const events::v1::StockObserved& observed,
    const events::v1::ProductStock& product, const StockOwner& owner,
    const StockFilter& filter);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_NEWS_H_
