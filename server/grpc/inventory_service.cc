#include "server/grpc/inventory_service.h"

#include "server/grpc/run_unary.h"
#include "server/grpc/watch_reactor.h"
#include "server/inventory/inventory_watch.h"

namespace qantara::server {

grpc::ServerWriteReactor<v1::WatchInventoryResponse>*
InventoryService::WatchInventory(grpc::CallbackServerContext*,
                                 const v1::WatchInventoryRequest* request) {
  return StartWatch<InventoryWatch, v1::WatchInventoryResponse>(core_, *request,
                                                                watches_);
}

grpc::ServerUnaryReactor* InventoryService::GetInventory(
    grpc::CallbackServerContext* context,
    const v1::GetInventoryRequest* request,
    v1::GetInventoryResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.Get(r); });
}

}  // namespace qantara::server
