// A streaming call that works step by step, tells how far it is, and ends with
// what it found.
#ifndef QANTARA_SERVER_OPERATIONS_STEPPED_CALL_H_
#define QANTARA_SERVER_OPERATIONS_STEPPED_CALL_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/error.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

// What such a call does. One thread at a time.
template <typename Response>
class SteppedWork {
 public:
  virtual ~SteppedWork() = default;

  // Does the next step, which may block on a disk; returns whether it was the
  // last one. Not called after an error.
  virtual absl::StatusOr<bool> Step() = 0;

  // How far it is.
  virtual Response Progress() const = 0;

  // What it found; called after the last step.
  virtual Response Receipt() const = 0;
};

// Steps run on the executor, so that other calls have their turn between two of
// them. It stops when the client is gone; then, and at its end, the work is
// destroyed. Thread-safe.
template <typename Response>
class SteppedCall : public std::enable_shared_from_this<SteppedCall<Response>> {
 public:
  using Work = SteppedWork<Response>;
  using Peer = StreamPeer<Response>;

  // Between two messages of progress, of which the latest is told.
  static constexpr absl::Duration kProgressInterval = absl::Milliseconds(100);

  // `core` and, until Finish, `peer` must outlive it, as must what `work`
  // refers to. Without `slot`, which is held until the call is over, it is
  // refused.
  static std::shared_ptr<SteppedCall> Start(Core& core,
                                            std::unique_ptr<Work> work,
                                            Peer& peer, Slots::Slot slot) {
    std::shared_ptr<SteppedCall> call(
        new SteppedCall(core, std::move(work), peer, std::move(slot)));
    const std::lock_guard lock(call->mutex_);
    if (call->slot_ == nullptr) {
      call->Finish(domain::MakeError(
          absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
          "this is being done for others; try again later"));
    } else {
      call->step_.Poke(call);
    }
    return call;
  }

  // What the peer reports.
  void OnWritten(bool ok) {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    step_.Poke(this->shared_from_this());
  }
  void OnCancelled() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    step_.Poke(this->shared_from_this());
  }

 private:
  SteppedCall(Core& core, std::unique_ptr<Work> work, Peer& peer,
              Slots::Slot slot)
      : core_(core),
        slot_(std::move(slot)),
        step_(core.executor, [this] { Step(); }),
        work_(std::move(work)),
        peer_(&peer) {}

  void Step() {
    if (!MayGoOn()) return;
    const absl::StatusOr<bool> last = work_->Step();
    const std::lock_guard lock(mutex_);
    if (!last.ok()) {
      end_ = last.status();
      ended_ = true;
    } else if (*last) {
      receipt_due_ = true;
    } else {
      TellProgress();
    }
    step_.Poke(this->shared_from_this());
  }

  // Tells what is due; returns whether a step may be done.
  bool MayGoOn() {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr) return false;
    if (!cancelled_ && !receipt_due_ && !ended_) return true;
    // What is on its way comes first; its end is followed by a step.
    if (writing_) return false;
    if (cancelled_) {
      Finish(absl::CancelledError("the client is gone"));
    } else if (ended_) {
      Finish(end_);
    } else {
      receipt_due_ = false;
      ended_ = true;
      Write(work_->Receipt());
    }
    return false;
  }

  // Each of these is called with mutex_ held.
  void TellProgress() {
    const int64_t now = core_.clock.BootMillis();
    if (writing_ || now < progress_due_) return;
    progress_due_ = now + absl::ToInt64Milliseconds(kProgressInterval);
    Write(work_->Progress());
  }
  void Write(const Response& response) {
    writing_ = true;
    peer_->Write(response);
  }
  void Finish(const absl::Status& status) {
    work_.reset();
    std::exchange(peer_, nullptr)->Finish(status);
  }

  Core& core_;
  const Slots::Slot slot_;
  SerialJob step_;
  // Of the steps, which never run at the same time.
  std::unique_ptr<Work> work_;
  int64_t progress_due_ = 0;  // By Clock::BootMillis.

  std::mutex mutex_;
  // All below are guarded by mutex_.
  Peer* peer_;  // Null once the call is finished.
  bool writing_ = false;
  bool cancelled_ = false;
  bool receipt_due_ = false;
  bool ended_ = false;
  absl::Status end_;  // Once `ended_`.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_STEPPED_CALL_H_
