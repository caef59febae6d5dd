// A server-streaming call as the peer of a watch.
#ifndef QANTARA_SERVER_GRPC_WATCH_REACTOR_H_
#define QANTARA_SERVER_GRPC_WATCH_REACTOR_H_

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <utility>

#include "server/core/core.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"
#include "server/grpc/grpc_status.h"

namespace qantara::server {

// Deletes itself when the call is done. gRPC holds back what happens before the
// reactor is returned to it, so `watch_` is set before anybody asks for it.
template <typename Watch, typename Response>
class WatchReactor final : public grpc::ServerWriteReactor<Response>,
                           public StreamPeer<Response> {
 public:
  void set_watch(std::shared_ptr<Watch> watch) { watch_ = std::move(watch); }

  void Write(const Response& response) override {
    response_ = response;
    this->StartWrite(&response_);
  }
  void Finish(const absl::Status& status) override {
    grpc::ServerWriteReactor<Response>::Finish(ToGrpcStatus(status));
  }

  void OnWriteDone(bool ok) override { watch_->OnWritten(ok); }
  void OnCancel() override { watch_->OnCancelled(); }
  void OnDone() override { delete this; }

 private:
  std::shared_ptr<Watch> watch_;
  Response response_;
};

// Starts `Watch` for a call and returns its reactor.
template <typename Watch, typename Response, typename Request>
grpc::ServerWriteReactor<Response>* StartWatch(Core& core,
                                               const Request& request,
                                               Slots& slots) {
  auto* reactor = new WatchReactor<Watch, Response>();
  reactor->set_watch(Watch::Start(core, *reactor, request, slots.Take()));
  return reactor;
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_WATCH_REACTOR_H_
