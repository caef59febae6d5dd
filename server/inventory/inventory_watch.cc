#include "server/inventory/inventory_watch.h"

#include <algorithm>
#include <utility>

#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/timestamps.h"
#include "server/core/invalid.h"
#include "server/core/resume_token.h"
#include "server/core/touched_keys.h"

namespace qantara::server {
namespace {

constexpr absl::Duration kMinHeartbeat = absl::Seconds(1);
constexpr absl::Duration kMaxHeartbeat = absl::Hours(1);

}  // namespace

std::shared_ptr<InventoryWatch> InventoryWatch::Start(
    Core& core, InventoryPeer& peer, const v1::WatchInventoryRequest& request,
    Slots::Slot slot) {
  std::shared_ptr<InventoryWatch> watch(
      new InventoryWatch(core, peer, std::move(slot)));
  const absl::Status prepared = watch->Prepare(request);
  {
    const std::lock_guard lock(watch->mutex_);
    if (!prepared.ok()) {
      watch->Finish(prepared);
      return watch;
    }
    watch->last_written_ = core.clock.BootMillis();
  }
  core.tail.Follow(StockFollowKey(watch->connection_->id()), watch);
  const std::lock_guard lock(watch->mutex_);
  watch->Poke();
  return watch;
}

InventoryWatch::InventoryWatch(Core& core, InventoryPeer& peer,
                               Slots::Slot slot)
    : core_(core),
      slot_(std::move(slot)),
      step_(core.executor, [this] { Step(); }),
      peer_(&peer) {}

absl::Status InventoryWatch::Prepare(const v1::WatchInventoryRequest& request) {
  if (slot_ == nullptr) {
    return domain::MakeError(absl::StatusCode::kResourceExhausted,
                             v1::ERROR_REASON_OVERLOADED,
                             "too many watches are open");
  }
  QANTARA_ASSIGN_OR_RETURN(
      connection_, core_.connections.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(filter_, StockFilter::Make(request.filter()));
  if (request.has_heartbeat_interval()) {
    heartbeat_ = domain::FromProtoDuration(request.heartbeat_interval());
    if (heartbeat_ < kMinHeartbeat || heartbeat_ > kMaxHeartbeat) {
      return Invalid("heartbeat_interval", v1::ERROR_REASON_FIELD_INVALID,
                     "must be 1 s to 1 h");
    }
  }
  if (!request.resume_token().empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        begin_after_,
        ReadResumeToken(connection_->id(), request.resume_token()));
    if (*begin_after_ > core_.log.head()) {
      return Invalid("resume_token", v1::ERROR_REASON_TOKEN_INVALID,
                     "was made for another log");
    }
  } else if (request.start() == v1::WATCH_START_NOW) {
    begin_after_ = core_.log.head();
  } else if (!v1::WatchStart_IsValid(request.start())) {
    return Invalid("start", v1::ERROR_REASON_FIELD_INVALID,
                   "is not a value of WatchStart");
  }
  return absl::OkStatus();
}

void InventoryWatch::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  if (cancelled_ || !WriteNext()) Poke();
}

void InventoryWatch::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  Poke();
}

void InventoryWatch::OnTouched(domain::Position, const std::vector<uint32_t>&) {
  const std::lock_guard lock(mutex_);
  Poke();
}

void InventoryWatch::Step() {
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr || writing_) return;
    if (cancelled_) return Finish(absl::CancelledError("the client is gone"));
    if (WriteNext()) return;
    if (finish_when_written_) return Finish(absl::OkStatus());
  }
  std::deque<Response> out;
  const absl::Status produced = Produce(&out);
  const std::lock_guard lock(mutex_);
  if (!produced.ok()) return Finish(produced);
  queue_ = std::move(out);
  finish_when_written_ = over_;
  const absl::Duration silent =
      absl::Milliseconds(core_.clock.BootMillis() - last_written_);
  if (!WriteNext()) PokeAfter(heartbeat_ - silent);
}

bool InventoryWatch::WriteNext() {
  if (queue_.empty() || writing_ || peer_ == nullptr) return false;
  writing_ = true;
  last_written_ = core_.clock.BootMillis();
  peer_->Write(queue_.front());
  queue_.pop_front();
  return true;
}

void InventoryWatch::Finish(const absl::Status& status) {
  std::exchange(peer_, nullptr)->Finish(status);
}

void InventoryWatch::Poke() { step_.Poke(shared_from_this()); }

void InventoryWatch::PokeAfter(absl::Duration delay) {
  if (std::exchange(timer_set_, true)) return;
  core_.timer.After(std::max(delay, absl::Milliseconds(1)),
                    [weak = weak_from_this()] {
                      const auto self = weak.lock();
                      if (self == nullptr) return;
                      const std::lock_guard lock(self->mutex_);
                      self->timer_set_ = false;
                      self->Poke();
                    });
}

}  // namespace qantara::server
