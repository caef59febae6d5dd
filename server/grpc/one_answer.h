// A call with one request and one answer.
#ifndef QANTARA_SERVER_GRPC_ONE_ANSWER_H_
#define QANTARA_SERVER_GRPC_ONE_ANSWER_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "domain/error.h"
#include "server/core/call_scope.h"
#include "server/core/executor.h"
#include "server/core/product_writer.h"
#include "server/grpc/one_request.h"

namespace qantara::server {

template <typename Request, typename Response>
class OneAnswer : public OneRequest<Request> {
 protected:
  // Ends the call. Called once.
  void Answer(const absl::StatusOr<Response>& result) {
    if (!result.ok()) return this->End(result.status());
    answer_ = BytesOf(*result);
    this->StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
  }

 private:
  grpc::ByteBuffer answer_;
};

// Is answered by a function that runs on the executor: gRPC's own threads never
// block on the disk. A full queue answers RESOURCE_EXHAUSTED.
template <typename Request, typename Response>
class RunCall final : public OneAnswer<Request, Response> {
 public:
  using Handle = std::function<absl::StatusOr<Response>(const Request&)>;

  // Both must outlive it.
  RunCall(Executor& executor, const Handle& handle)
      : executor_(executor), handle_(handle) {}

 private:
  void Begin(const Request& request) override {
    if (executor_.TrySchedule(
            [this, request] { this->Answer(handle_(request)); })) {
      return;
    }
    this->End(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                v1::ERROR_REASON_OVERLOADED,
                                "too many calls wait; try again"));
  }

  Executor& executor_;
  const Handle& handle_;
};

// Is answered later, without a thread that waits.
template <typename Request, typename Response>
class WaitCall final : public OneAnswer<Request, Response> {
 public:
  using Answers = std::function<void(absl::StatusOr<Response>)>;
  using Handle = std::function<void(const Request&, const WriteCall&, Answers)>;

  // `handle` must outlive it.
  WaitCall(const grpc::CallbackServerContext& context, const Handle& handle)
      : deadline_(absl::FromChrono(context.deadline())), handle_(handle) {}

 private:
  void Begin(const Request& request) override {
    // Patience ends shortly before the caller's deadline, so that the caller
    // still learns its request id.
    const absl::Duration left = deadline_ - absl::Now();
    const absl::Duration margin = std::min(left / 10, absl::Milliseconds(200));
    handle_(request, {scope_, std::max(left - margin, absl::ZeroDuration())},
            [this](absl::StatusOr<Response> result) { this->Answer(result); });
  }
  void Cancelled() override { scope_->Cancel(); }

  const absl::Time deadline_;
  const Handle& handle_;
  const std::shared_ptr<CallScope> scope_ = std::make_shared<CallScope>();
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_ONE_ANSWER_H_
