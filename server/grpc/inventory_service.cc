#include "server/grpc/inventory_service.h"

#include <utility>

#include "server/grpc/run_unary.h"
#include "server/grpc/waiting_reactor.h"

namespace qantara::server {

RawWriteReactor* InventoryService::WatchInventory(
    grpc::CallbackServerContext*, const grpc::ByteBuffer* request) {
  return InventoryWatchReactor::Start(feeds_, *request, watches_.Take());
}

grpc::ServerUnaryReactor* InventoryService::GetInventory(
    grpc::CallbackServerContext* context,
    const v1::GetInventoryRequest* request,
    v1::GetInventoryResponse* response) {
  auto* reactor = new WaitingReactor<v1::GetInventoryResponse>(response);
  fresh_.Get(*request, reactor->CallOf(*context),
             [reactor](auto result) { reactor->Answer(std::move(result)); });
  return reactor;
}

grpc::ServerUnaryReactor* InventoryService::ListInventory(
    grpc::CallbackServerContext* context,
    const v1::ListInventoryRequest* request,
    v1::ListInventoryResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.List(r); });
}

grpc::ServerUnaryReactor* InventoryService::RefreshInventory(
    grpc::CallbackServerContext* context,
    const v1::RefreshInventoryRequest* request,
    v1::RefreshInventoryResponse* response) {
  auto* reactor = new WaitingReactor<v1::RefreshInventoryResponse>(response);
  fresh_.Refresh(*request, reactor->CallOf(*context), [reactor](auto result) {
    reactor->Answer(std::move(result));
  });
  return reactor;
}

grpc::ServerUnaryReactor* InventoryService::ListLocations(
    grpc::CallbackServerContext* context,
    const v1::ListLocationsRequest* request,
    v1::ListLocationsResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.ListLocations(r); });
}

}  // namespace qantara::server
