#include "tools/benchmark/peer_service.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace qantara::tools {
namespace {

using Reactor = grpc::ServerBidiReactor<v1::ImportCatalogRequest,
                                        v1::ImportCatalogResponse>;

// Reads and writes are independent; acks that wait fold into the latest.
// Deletes itself when the call is done.
class PeerReactor final : public Reactor {
 public:
  explicit PeerReactor(std::unique_ptr<LineSink> sink)
      : sink_(std::move(sink)) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      const std::lock_guard lock(mutex_);
      read_closed_ = true;
      return WriteOn();
    }
    const absl::StatusOr<uint32_t> safe = TakeRequest();
    {
      const std::lock_guard lock(mutex_);
      if (!safe.ok()) {
        failure_ = grpc::Status(grpc::StatusCode::INTERNAL,
                                std::string(safe.status().message()));
        return WriteOn();
      }
      safe_line_ = std::max(safe_line_, *safe);
      WriteOn();
    }
    StartRead(&request_);
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) read_closed_ = true;
    WriteOn();
  }

  void OnDone() override { delete this; }

 private:
  absl::StatusOr<uint32_t> TakeRequest() {
    switch (request_.kind_case()) {
      case v1::ImportCatalogRequest::kBatch:
        return sink_->Take(request_.batch());
      case v1::ImportCatalogRequest::kEnd:
        return sink_->End();
      default:
        return uint32_t{0};
    }
  }

  // With mutex_ held.
  void WriteOn() {
    if (writing_ || finished_) return;
    if (failure_.ok() && safe_line_ > acked_line_) {
      acked_line_ = safe_line_;
      response_.mutable_ack()->set_durable_line(safe_line_);
      writing_ = true;
      return StartWrite(&response_);
    }
    if (failure_.ok() && !read_closed_) return;
    finished_ = true;
    Finish(failure_);
  }

  const std::unique_ptr<LineSink> sink_;
  // Reused: its lists and texts keep their memory.
  v1::ImportCatalogRequest request_;

  std::mutex mutex_;
  // Guarded by mutex_; the response by `writing_`.
  v1::ImportCatalogResponse response_;
  uint32_t safe_line_ = 0;
  uint32_t acked_line_ = 0;
  bool writing_ = false;
  bool read_closed_ = false;
  bool finished_ = false;
  grpc::Status failure_;
};

}  // namespace

Reactor* PeerService::ImportCatalog(grpc::CallbackServerContext*) {
  return new PeerReactor(new_sink_());
}

}  // namespace qantara::tools
