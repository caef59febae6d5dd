// The gRPC face of single products.
#ifndef QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_
#define QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_

#include "server/core/core.h"
#include "server/core/product_reader.h"
#include "server/core/product_writer.h"
#include "server/core/slots.h"
#include "server/grpc/method_router.h"

namespace qantara::server {

// One line per method; what it does is in server/core.
class ProductService {
 public:
  // Calls of ExplainProduct that may be open at once; each reads the log.
  static constexpr int kMaxExplanations = 64;

  // `core` must outlive it.
  explicit ProductService(Core& core)
      : core_(core), reader_(core.connections, core.tables), writer_(core) {}

  // It must outlive the router.
  void AddTo(MethodRouter& router);

 private:
  Core& core_;
  const ProductReader reader_;
  ProductWriter writer_;
  Slots explanations_{kMaxExplanations};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_
