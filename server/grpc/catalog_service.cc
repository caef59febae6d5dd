#include "server/grpc/catalog_service.h"

#include <memory>

#include "qantara/v1/catalog_service.pb.h"
#include "server/core/import_watch.h"
#include "server/grpc/import_reactor.h"
#include "server/grpc/service_methods.h"
#include "server/verify/verify_call.h"

namespace qantara::server {

void CatalogService::AddTo(MethodRouter& router) {
  ServiceMethods methods(router, "qantara.v1.CatalogService", core_.executor);
  methods.Add<v1::ImportCatalogRequest, v1::ImportCatalogResponse>(
      "ImportCatalog", [this](const grpc::CallbackServerContext&) {
        return ImportReactor::Start(core_, imports_.Take());
      });
  methods.Run("GetImport", reader_, &ImportReader::Get);
  methods.Run("ListImports", reader_, &ImportReader::List);
  methods.Stream<v1::WatchImportRequest, v1::WatchImportResponse, ImportWatch>(
      "WatchImport", [this](const auto& request, auto& peer) {
        return ImportWatch::Start(core_, peer, request, watches_.Take());
      });
  methods.Run("ListImportItems", reader_, &ImportReader::ListItems);
  methods.Stream<v1::VerifyImportRequest, v1::VerifyImportResponse, VerifyCall>(
      "VerifyImport", [this](const auto& request, auto& peer) {
        auto call = std::make_shared<VerifyCall>(peer);
        verifiers_.Begin(request, call);
        return call;
      });
}

}  // namespace qantara::server
