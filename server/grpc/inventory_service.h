// The gRPC face of stock.
#ifndef QANTARA_SERVER_GRPC_INVENTORY_SERVICE_H_
#define QANTARA_SERVER_GRPC_INVENTORY_SERVICE_H_

#include "server/core/core.h"
#include "server/core/slots.h"
#include "server/grpc/method_router.h"
#include "server/inventory/fresh_stock.h"
#include "server/inventory/inventory_reader.h"
#include "server/inventory/stock_feed.h"

namespace qantara::server {

// One line per method; what it does is in server/inventory.
class InventoryService {
 public:
  // Watches that may be open at once.
  static constexpr int kMaxWatches = 1000;

  // `core` must outlive it.
  explicit InventoryService(Core& core)
      : core_(core),
        reader_(core.connections, core.tables),
        fresh_(core),
        feeds_(core) {}

  // It must outlive the router.
  void AddTo(MethodRouter& router);

  // Watches that are open, for metrics.
  int watches() const { return watches_.taken(); }

 private:
  Core& core_;
  const InventoryReader reader_;
  FreshStock fresh_;
  StockFeeds feeds_;
  Slots watches_{kMaxWatches};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_INVENTORY_SERVICE_H_
