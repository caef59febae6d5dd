// The gRPC face of what operators do.
#ifndef QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
#define QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_

#include "server/core/core.h"
#include "server/core/operations_reader.h"
#include "server/core/operations_writer.h"
#include "server/grpc/method_router.h"

namespace qantara::server {

// One line per method; what it does is in server/core.
class OperationsService {
 public:
  // `core` must outlive it.
  explicit OperationsService(Core& core)
      : core_(core),
        reader_(core.connections, core.clock, core.log, core.tables),
        writer_(core, reader_) {}

  // It must outlive the router.
  void AddTo(MethodRouter& router);

 private:
  Core& core_;
  const OperationsReader reader_;
  OperationsWriter writer_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
