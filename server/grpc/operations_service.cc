#include "server/grpc/operations_service.h"

#include "qantara/v1/operations_service.pb.h"
#include "server/grpc/service_methods.h"

namespace qantara::server {

void OperationsService::AddTo(MethodRouter& router) {
  ServiceMethods methods(router, "qantara.v1.OperationsService",
                         core_.executor);
  methods.Run("GetStatus", reader_, &OperationsReader::GetStatus);
  methods.Run("ListParked", reader_, &OperationsReader::ListParked);
  methods.Run("RetryParked", writer_, &OperationsWriter::Retry);
  methods.Run("DiscardParked", writer_, &OperationsWriter::Discard);
  methods.Run("ListUnknown", reader_, &OperationsReader::ListUnknown);
  methods.Run("PauseConnection", writer_, &OperationsWriter::Pause);
  methods.Run("ResumeConnection", writer_, &OperationsWriter::Resume);
}

}  // namespace qantara::server
