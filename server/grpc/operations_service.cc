#include "server/grpc/operations_service.h"

#include "server/grpc/run_unary.h"

namespace qantara::server {

grpc::ServerUnaryReactor* OperationsService::GetStatus(
    grpc::CallbackServerContext* context, const v1::GetStatusRequest* request,
    v1::GetStatusResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.GetStatus(r); });
}

grpc::ServerUnaryReactor* OperationsService::ListParked(
    grpc::CallbackServerContext* context, const v1::ListParkedRequest* request,
    v1::ListParkedResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.ListParked(r); });
}

grpc::ServerUnaryReactor* OperationsService::RetryParked(
    grpc::CallbackServerContext* context, const v1::RetryParkedRequest* request,
    v1::RetryParkedResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return writer_.Retry(r); });
}

grpc::ServerUnaryReactor* OperationsService::DiscardParked(
    grpc::CallbackServerContext* context,
    const v1::DiscardParkedRequest* request,
    v1::DiscardParkedResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return writer_.Discard(r); });
}

grpc::ServerUnaryReactor* OperationsService::ListUnknown(
    grpc::CallbackServerContext* context, const v1::ListUnknownRequest* request,
    v1::ListUnknownResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.ListUnknown(r); });
}

grpc::ServerUnaryReactor* OperationsService::PauseConnection(
    grpc::CallbackServerContext* context,
    const v1::PauseConnectionRequest* request,
    v1::PauseConnectionResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return writer_.Pause(r); });
}

grpc::ServerUnaryReactor* OperationsService::ResumeConnection(
    grpc::CallbackServerContext* context,
    const v1::ResumeConnectionRequest* request,
    v1::ResumeConnectionResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return writer_.Resume(r); });
}

}  // namespace qantara::server
