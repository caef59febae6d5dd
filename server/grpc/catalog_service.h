// The gRPC face of catalog imports.
#ifndef QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_
#define QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_

#include "server/core/core.h"
#include "server/core/import_reader.h"
#include "server/core/slots.h"
#include "server/grpc/method_router.h"
#include "server/verify/verifiers.h"

namespace qantara::server {

// One line per method; what it does is in server/core.
class CatalogService {
 public:
  // Calls of ImportCatalog and of WatchImport that may be open at once.
  static constexpr int kMaxImports = 1000;
  static constexpr int kMaxWatches = 1000;

  // Both must outlive it.
  CatalogService(Core& core, Verifiers& verifiers)
      : core_(core),
        verifiers_(verifiers),
        reader_(core.connections, core.tables) {}

  // It must outlive the router.
  void AddTo(MethodRouter& router);

 private:
  Core& core_;
  Verifiers& verifiers_;
  const ImportReader reader_;
  Slots imports_{kMaxImports};
  Slots watches_{kMaxWatches};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_CATALOG_SERVICE_H_
