#include "server/grpc/inventory_service.h"

#include "qantara/v1/inventory_service.pb.h"
#include "server/grpc/inventory_watch_reactor.h"
#include "server/grpc/service_methods.h"

namespace qantara::server {

void InventoryService::AddTo(MethodRouter& router) {
  ServiceMethods methods(router, "qantara.v1.InventoryService", core_.executor);
  methods.Add<v1::WatchInventoryRequest, v1::WatchInventoryResponse>(
      "WatchInventory", [this](const grpc::CallbackServerContext&) {
        return new InventoryWatchReactor(feeds_, watches_);
      });
  methods.Wait<v1::GetInventoryRequest, v1::GetInventoryResponse>(
      "GetInventory",
      [this](const auto& request, const auto& call, const auto& answer) {
        fresh_.Get(request, call, answer);
      });
  methods.Run("ListInventory", reader_, &InventoryReader::List);
  methods.Wait<v1::RefreshInventoryRequest, v1::RefreshInventoryResponse>(
      "RefreshInventory",
      [this](const auto& request, const auto& call, const auto& answer) {
        fresh_.Refresh(request, call, answer);
      });
  methods.Run("ListLocations", reader_, &InventoryReader::ListLocations);
}

}  // namespace qantara::server
