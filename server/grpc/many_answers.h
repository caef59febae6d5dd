// A call with one request and a stream of answers, as the peer of a watch.
#ifndef QANTARA_SERVER_GRPC_MANY_ANSWERS_H_
#define QANTARA_SERVER_GRPC_MANY_ANSWERS_H_

#include <grpcpp/support/byte_buffer.h>

#include <functional>
#include <memory>

#include "server/core/stream_peer.h"
#include "server/grpc/one_request.h"

namespace qantara::server {

// `Watch` is told by OnWritten(bool) and OnCancelled() what became of the call.
template <typename Request, typename Response, typename Watch>
class ManyAnswers final : public OneRequest<Request>,
                          public StreamPeer<Response> {
 public:
  using Peer = StreamPeer<Response>;
  using Start = std::function<std::shared_ptr<Watch>(const Request&, Peer&)>;

  // `start` must outlive it.
  explicit ManyAnswers(const Start& start) : start_(start) {}

  void Write(const Response& response) override {
    bytes_ = BytesOf(response);
    this->StartWrite(&bytes_);
  }
  void Finish(const absl::Status& status) override { this->End(status); }

 private:
  void Begin(const Request& request) override {
    watch_ = start_(request, *this);
  }
  void Written(bool ok) override { watch_->OnWritten(ok); }
  void Cancelled() override { watch_->OnCancelled(); }

  const Start& start_;
  std::shared_ptr<Watch> watch_;
  grpc::ByteBuffer bytes_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_MANY_ANSWERS_H_
