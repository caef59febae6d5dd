// The gRPC face of stock.
#ifndef QANTARA_SERVER_GRPC_INVENTORY_SERVICE_H_
#define QANTARA_SERVER_GRPC_INVENTORY_SERVICE_H_

#include "qantara/v1/inventory_service.grpc.pb.h"
#include "server/core/core.h"
#include "server/core/slots.h"
#include "server/grpc/inventory_watch_reactor.h"
#include "server/inventory/fresh_stock.h"
#include "server/inventory/inventory_reader.h"
#include "server/inventory/stock_feed.h"

namespace qantara::server {

// One line per call; what it does is in server/inventory.
class InventoryService final
    : public v1::InventoryService::WithRawCallbackMethod_WatchInventory<
          v1::InventoryService::CallbackService> {
 public:
  // Watches that may be open at once.
  static constexpr int kMaxWatches = 1000;

  // `core` must outlive it.
  explicit InventoryService(Core& core)
      : core_(core),
        reader_(core.connections, core.tables),
        fresh_(core),
        feeds_(core) {}

  using v1::InventoryService::CallbackService::WatchInventory;
  RawWriteReactor* WatchInventory(grpc::CallbackServerContext* context,
                                  const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* GetInventory(
      grpc::CallbackServerContext* context,
      const v1::GetInventoryRequest* request,
      v1::GetInventoryResponse* response) override;
  grpc::ServerUnaryReactor* ListInventory(
      grpc::CallbackServerContext* context,
      const v1::ListInventoryRequest* request,
      v1::ListInventoryResponse* response) override;
  grpc::ServerUnaryReactor* RefreshInventory(
      grpc::CallbackServerContext* context,
      const v1::RefreshInventoryRequest* request,
      v1::RefreshInventoryResponse* response) override;
  grpc::ServerUnaryReactor* ListLocations(
      grpc::CallbackServerContext* context,
      const v1::ListLocationsRequest* request,
      v1::ListLocationsResponse* response) override;

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
