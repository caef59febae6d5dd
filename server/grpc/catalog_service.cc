#include "server/grpc/catalog_service.h"

#include <memory>

#include "server/core/import_watch.h"
#include "server/grpc/run_unary.h"
#include "server/grpc/watch_reactor.h"
#include "server/verify/verify_call.h"

namespace qantara::server {

RawBidiReactor* CatalogService::ImportCatalog(grpc::CallbackServerContext*) {
  return ImportReactor::Start(core_, imports_.Take());
}

grpc::ServerUnaryReactor* CatalogService::GetImport(
    grpc::CallbackServerContext* context, const v1::GetImportRequest* request,
    v1::GetImportResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.Get(r); });
}

grpc::ServerUnaryReactor* CatalogService::ListImports(
    grpc::CallbackServerContext* context, const v1::ListImportsRequest* request,
    v1::ListImportsResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.List(r); });
}

grpc::ServerWriteReactor<v1::WatchImportResponse>* CatalogService::WatchImport(
    grpc::CallbackServerContext*, const v1::WatchImportRequest* request) {
  return StartWatch<ImportWatch, v1::WatchImportResponse>(core_, *request,
                                                          watches_);
}

grpc::ServerUnaryReactor* CatalogService::ListImportItems(
    grpc::CallbackServerContext* context,
    const v1::ListImportItemsRequest* request,
    v1::ListImportItemsResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.ListItems(r); });
}

grpc::ServerWriteReactor<v1::VerifyImportResponse>*
CatalogService::VerifyImport(grpc::CallbackServerContext*,
                             const v1::VerifyImportRequest* request) {
  auto* reactor = new WatchReactor<VerifyCall, v1::VerifyImportResponse>();
  const auto call = std::make_shared<VerifyCall>(*reactor);
  reactor->set_watch(call);
  verifiers_.Begin(*request, call);
  return reactor;
}

}  // namespace qantara::server
