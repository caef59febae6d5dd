// One unary call on the executor.
#ifndef QANTARA_SERVER_GRPC_RUN_UNARY_H_
#define QANTARA_SERVER_GRPC_RUN_UNARY_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/status/statusor.h"
#include "domain/error.h"
#include "server/core/executor.h"
#include "server/grpc/grpc_status.h"

namespace qantara::server {

// Runs `handle(*request)` on `executor` and finishes the call with its result:
// gRPC's own threads never block on the disk. A full queue answers
// RESOURCE_EXHAUSTED. gRPC keeps `request` and `response` alive until Finish.
template <typename Request, typename Response, typename Handle>
grpc::ServerUnaryReactor* RunUnary(grpc::CallbackServerContext* context,
                                   Executor& executor, const Request* request,
                                   Response* response, Handle handle) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const bool scheduled = executor.TrySchedule([=] {
    absl::StatusOr<Response> result = handle(*request);
    const absl::Status status = result.status();
    if (status.ok()) *response = *std::move(result);
    reactor->Finish(ToGrpcStatus(status));
  });
  if (!scheduled) {
    reactor->Finish(ToGrpcStatus(domain::MakeError(
        absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
        "too many calls wait; try again")));
  }
  return reactor;
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_RUN_UNARY_H_
