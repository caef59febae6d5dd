// The gRPC face of what operators do.
#ifndef QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
#define QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_

#include <string>
#include <utility>

#include "domain/ports/log_backup.h"
#include "domain/ports/log_verification.h"
#include "server/core/core.h"
#include "server/core/operations_reader.h"
#include "server/core/operations_writer.h"
#include "server/core/slots.h"
#include "server/grpc/method_router.h"

namespace qantara::server {

// One line per method; what it does is in server/core and server/operations.
class OperationsService {
 public:
  // Calls of TailEvents that may be open at once.
  static constexpr int kMaxTails = 100;
  // Calls of VerifyLog: each reads as fast as the disk can.
  static constexpr int kMaxVerifications = 2;

  // The log, as operators see it. The references must outlive the service.
  struct LogParts {
    const domain::VerifiableLog& verifiable;
    domain::BackupSource& backups;
    // Folder of all backups.
    std::string backup_root;
  };

  // `core` must outlive it.
  OperationsService(Core& core, LogParts log)
      : core_(core),
        log_(std::move(log)),
        reader_(core.connections, core.clock, core.log, core.tables),
        writer_(core, reader_) {}

  // It must outlive the router.
  void AddTo(MethodRouter& router);

 private:
  Core& core_;
  const LogParts log_;
  const OperationsReader reader_;
  OperationsWriter writer_;
  Slots tails_{kMaxTails};
  Slots verifications_{kMaxVerifications};
  Slots backups_{1};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
