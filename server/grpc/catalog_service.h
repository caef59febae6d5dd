// The gRPC face of catalog imports.
#ifndef QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_
#define QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_

#include "qantara/v1/catalog_service.grpc.pb.h"
#include "server/core/core.h"
#include "server/core/import_reader.h"
#include "server/core/slots.h"
#include "server/grpc/import_reactor.h"
#include "server/verify/verifiers.h"

namespace qantara::server {

// One line per call; what it does is in server/core.
class CatalogService final
    : public v1::CatalogService::WithRawCallbackMethod_ImportCatalog<
          v1::CatalogService::WithCallbackMethod_GetImport<
              v1::CatalogService::WithCallbackMethod_ListImports<
                  v1::CatalogService::WithCallbackMethod_WatchImport<
                      v1::CatalogService::WithCallbackMethod_ListImportItems<
                          v1::CatalogService::WithCallbackMethod_VerifyImport<
                              v1::CatalogService::Service>>>>>> {
 public:
  // Calls of ImportCatalog and of WatchImport that may be open at once.
  static constexpr int kMaxImports = 1000;
  static constexpr int kMaxWatches = 1000;

  // Both must outlive it.
  CatalogService(Core& core, Verifiers& verifiers)
      : core_(core),
        verifiers_(verifiers),
        reader_(core.connections, core.tables) {}

  RawBidiReactor* ImportCatalog(grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* GetImport(grpc::CallbackServerContext* context,
                                      const v1::GetImportRequest* request,
                                      v1::GetImportResponse* response) override;
  grpc::ServerUnaryReactor* ListImports(
      grpc::CallbackServerContext* context,
      const v1::ListImportsRequest* request,
      v1::ListImportsResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchImportResponse>* WatchImport(
      grpc::CallbackServerContext* context,
      const v1::WatchImportRequest* request) override;
  grpc::ServerUnaryReactor* ListImportItems(
      grpc::CallbackServerContext* context,
      const v1::ListImportItemsRequest* request,
      v1::ListImportItemsResponse* response) override;
  grpc::ServerWriteReactor<v1::VerifyImportResponse>* VerifyImport(
      grpc::CallbackServerContext* context,
      const v1::VerifyImportRequest* request) override;

 private:
  Core& core_;
  Verifiers& verifiers_;
  const ImportReader reader_;
  Slots imports_{kMaxImports};
  Slots watches_{kMaxWatches};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_
