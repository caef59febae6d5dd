// The gRPC face of what operators do.
#ifndef QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
#define QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_

#include "qantara/v1/operations_service.grpc.pb.h"
#include "server/core/core.h"
#include "server/core/operations_reader.h"
#include "server/core/operations_writer.h"

namespace qantara::server {

// One line per call; what it does is in server/core.
class OperationsService final : public v1::OperationsService::CallbackService {
 public:
  // `core` must outlive it.
  explicit OperationsService(Core& core)
      : core_(core),
        reader_(core.connections, core.clock, core.log, core.tables),
        writer_(core, reader_) {}

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;
  grpc::ServerUnaryReactor* ListParked(
      grpc::CallbackServerContext* context,
      const v1::ListParkedRequest* request,
      v1::ListParkedResponse* response) override;
  grpc::ServerUnaryReactor* RetryParked(
      grpc::CallbackServerContext* context,
      const v1::RetryParkedRequest* request,
      v1::RetryParkedResponse* response) override;
  grpc::ServerUnaryReactor* DiscardParked(
      grpc::CallbackServerContext* context,
      const v1::DiscardParkedRequest* request,
      v1::DiscardParkedResponse* response) override;
  grpc::ServerUnaryReactor* ListUnknown(
      grpc::CallbackServerContext* context,
      const v1::ListUnknownRequest* request,
      v1::ListUnknownResponse* response) override;
  grpc::ServerUnaryReactor* PauseConnection(
      grpc::CallbackServerContext* context,
      const v1::PauseConnectionRequest* request,
      v1::PauseConnectionResponse* response) override;
  grpc::ServerUnaryReactor* ResumeConnection(
      grpc::CallbackServerContext* context,
      const v1::ResumeConnectionRequest* request,
      v1::ResumeConnectionResponse* response) override;

 private:
  Core& core_;
  const OperationsReader reader_;
  OperationsWriter writer_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_OPERATIONS_SERVICE_H_
