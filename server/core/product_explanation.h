// One ExplainProduct call, below gRPC.
#ifndef QANTARA_SERVER_CORE_PRODUCT_EXPLANATION_H_
#define QANTARA_SERVER_CORE_PRODUCT_EXPLANATION_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "domain/explain/product_story.h"
#include "domain/ports/event_log.h"
#include "qantara/v1/product_service.pb.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

using ExplanationPeer = StreamPeer<v1::ExplainProductResponse>;

// Reads the log from its beginning up to what was recorded before the call, a
// batch for each run on the executor, and sends the steps of one product as
// they come. While the client does not read, nothing is read from the log: what
// is held is one batch and its steps. Thread-safe.
class ProductExplanation
    : public std::enable_shared_from_this<ProductExplanation> {
 public:
  // What is read from the log at once.
  static constexpr domain::ReadLimit kBatch = {.events = 1024,
                                               .bytes = 1 << 20};

  // `core` and, until Finish, `peer` must outlive it. `slot` is held until the
  // call is over.
  static std::shared_ptr<ProductExplanation> Start(
      Core& core, ExplanationPeer& peer,
      const v1::ExplainProductRequest& request, Slots::Slot slot);

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

 private:
  ProductExplanation(Core& core, ExplanationPeer& peer,
                     const v1::ExplainProductRequest& request,
                     Slots::Slot slot);

  // One round of work, on the executor.
  void Step();
  // Finds the product and where to stop.
  absl::Status Begin();
  // Reads the next batch; at the end adds the summary.
  absl::Status ReadOn();
  // With mutex_ held.
  void Finish(const absl::Status& status);

  Core& core_;
  const v1::ExplainProductRequest request_;
  const Slots::Slot slot_;
  SerialJob step_;

  // Touched by Step only.
  std::optional<domain::ProductStory> story_;
  domain::Position read_ = 0;
  domain::Position through_ = 0;
  uint64_t steps_ = 0;
  bool summed_up_ = false;
  std::deque<v1::ExplainProductResponse> waiting_;

  std::mutex mutex_;
  // All below are guarded by mutex_.
  ExplanationPeer* peer_;  // Null once the call is finished.
  bool writing_ = false;
  bool cancelled_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PRODUCT_EXPLANATION_H_
