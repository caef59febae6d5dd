// A unary call that is answered later, without a thread that waits.
#ifndef QANTARA_SERVER_GRPC_WAITING_REACTOR_H_
#define QANTARA_SERVER_GRPC_WAITING_REACTOR_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/core/call_scope.h"
#include "server/core/product_writer.h"
#include "server/grpc/grpc_status.h"

namespace qantara::server {

// Deletes itself when the call is done, which is after Answer.
template <typename Response>
class WaitingReactor final : public grpc::ServerUnaryReactor {
 public:
  explicit WaitingReactor(Response* response) : response_(response) {}

  // The call as the writer sees it. Its patience ends shortly before the
  // caller's deadline, so that the caller still learns its request id.
  WriteCall CallOf(const grpc::CallbackServerContext& context) const {
    const absl::Duration left =
        absl::FromChrono(context.deadline()) - absl::Now();
    const absl::Duration margin = std::min(left / 10, absl::Milliseconds(200));
    return {scope_, std::max(left - margin, absl::ZeroDuration())};
  }

  // Ends the call. Called once.
  void Answer(absl::StatusOr<Response> result) {
    const absl::Status status = result.status();
    if (status.ok()) *response_ = *std::move(result);
    Finish(ToGrpcStatus(status));
  }

  void OnCancel() override { scope_->Cancel(); }
  void OnDone() override { delete this; }

 private:
  Response* const response_;
  const std::shared_ptr<CallScope> scope_ = std::make_shared<CallScope>();
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_WAITING_REACTOR_H_
