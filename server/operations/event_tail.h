// One TailEvents call, below gRPC.
#ifndef QANTARA_SERVER_OPERATIONS_EVENT_TAIL_H_
#define QANTARA_SERVER_OPERATIONS_EVENT_TAIL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "qantara/v1/event_tail.pb.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"
#include "server/operations/event_filter.h"

namespace qantara::server {

using EventTailPeer = StreamPeer<v1::TailEventsResponse>;

// Reads the log in small pages, and the next one when the client took the last:
// a call holds one page and one message, however slowly it is read.
// Thread-safe.
class EventTail : public CommitListener,
                  public std::enable_shared_from_this<EventTail> {
 public:
  // Events decoded ahead of the client.
  static constexpr domain::ReadLimit kPage = {.events = 64,
                                              .bytes = size_t{256} << 10};
  // Events looked at in one step.
  static constexpr int kMaxLooks = 8192;
  // Between two messages that only say how far the log is.
  static constexpr absl::Duration kReachedInterval = absl::Seconds(1);
  static constexpr uint32_t kDefaultPayloadBytes = uint32_t{1} << 20;
  static constexpr uint32_t kMaxPayloadBytes = uint32_t{16} << 20;

  // `core` and, until Finish, `peer` must outlive it. `slot` is held until the
  // call is over.
  static std::shared_ptr<EventTail> Start(Core& core, EventTailPeer& peer,
                                          const v1::TailEventsRequest& request,
                                          Slots::Slot slot);

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

  void OnTouched(domain::Position, const std::vector<uint32_t>&) override;

 private:
  EventTail(Core& core, EventTailPeer& peer, Slots::Slot slot);

  // Reads the request.
  absl::Status Prepare(const v1::TailEventsRequest& request);
  // One round of work, on the executor.
  void Step();
  // The next thing to tell; nothing where the log ends.
  absl::StatusOr<std::optional<v1::TailEventsResponse>> Next();
  v1::LoggedEvent ToMessage(const events::v1::EventRecord& record) const;
  // Both are called with mutex_ held.
  void AtEnd();
  void Finish(const absl::Status& status);

  Core& core_;
  const Slots::Slot slot_;
  SerialJob step_;
  // Constant after Start.
  EventFilter filter_;
  bool follow_ = false;
  size_t max_payload_bytes_ = kDefaultPayloadBytes;

  // Of the steps, which never run at the same time. Events up to `position_`
  // were looked at, up to `told_` the client knows of it.
  domain::Position position_ = 0;
  std::optional<domain::Position> told_;
  std::vector<domain::EventRecordPtr> page_;
  size_t next_ = 0;
  int64_t reached_due_ = 0;  // By Clock::BootMillis.

  std::mutex mutex_;
  // All below are guarded by mutex_.
  EventTailPeer* peer_;  // Null once the call is finished.
  bool writing_ = false;
  bool cancelled_ = false;
  bool timer_set_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_EVENT_TAIL_H_
