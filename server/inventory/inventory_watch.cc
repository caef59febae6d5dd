#include "server/inventory/inventory_watch.h"

#include <algorithm>
#include <utility>

#include "domain/error.h"
#include "domain/status_macros.h"

namespace qantara::server {

std::shared_ptr<InventoryWatch> InventoryWatch::Start(
    StockFeeds& feeds, InventoryPeer& peer,
    const v1::WatchInventoryRequest& request, Slots::Slot slot) {
  std::shared_ptr<InventoryWatch> watch(
      new InventoryWatch(feeds, peer, std::move(slot)));
  const absl::Status prepared = watch->Prepare(feeds, request);
  {
    const std::lock_guard lock(watch->mutex_);
    if (!prepared.ok()) {
      watch->Finish(prepared);
      return watch;
    }
    watch->last_written_ = watch->core_.clock.BootMillis();
  }
  watch->feed_->Follow(watch);
  const std::lock_guard lock(watch->mutex_);
  watch->Poke();
  return watch;
}

InventoryWatch::InventoryWatch(StockFeeds& feeds, InventoryPeer& peer,
                               Slots::Slot slot)
    : core_(feeds.core()),
      slot_(std::move(slot)),
      step_(core_.executor, [this] { Step(); }),
      peer_(&peer) {}

absl::Status InventoryWatch::Prepare(StockFeeds& feeds,
                                     const v1::WatchInventoryRequest& request) {
  if (slot_ == nullptr) {
    return domain::MakeError(absl::StatusCode::kResourceExhausted,
                             v1::ERROR_REASON_OVERLOADED,
                             "too many watches are open");
  }
  QANTARA_ASSIGN_OR_RETURN(wishes_, ReadWishes(request, core_));
  feed_ = feeds.Of(wishes_.connection->id());
  if (wishes_.latest) latest_ = std::make_unique<LatestChanges>();
  if (!wishes_.filter.all()) {
    named_ = std::make_unique<v1::InventoryFilter>(request.filter());
  }
  return absl::OkStatus();
}

void InventoryWatch::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  if (cancelled_) return Poke();
  // A watch that follows is woken by its feed.
  if (!WriteNext() && !following_) Poke();
}

void InventoryWatch::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  Poke();
}

void InventoryWatch::OnNews() {
  const std::lock_guard lock(mutex_);
  if (writing_ || peer_ == nullptr || cancelled_) return;
  if (!following_) return Poke();
  WriteNext();
}

void InventoryWatch::Step() {
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr) return;
    // Where messages are taken as they are, nobody else does it.
    if (following_) PokeForBeat();
    if (writing_) return;
    if (cancelled_) return Finish(absl::CancelledError("the client is gone"));
    if (WriteNext()) return;
    if (finish_when_written_) return Finish(absl::OkStatus());
    if (following_) return Beat();
  }
  Queue out;
  again_ = false;
  const absl::Status produced = Produce(&out);
  const std::lock_guard lock(mutex_);
  if (!produced.ok()) return Finish(produced);
  SetQueue(std::move(out));
  finish_when_written_ = over_;
  following_ = in_sync_ && wishes_.full_feed();
  if (following_) PokeForBeat();
  if (WriteNext()) return;
  if (again_) return Poke();
  PokeForBeat();
}

bool InventoryWatch::WriteNext() {
  if (writing_ || peer_ == nullptr) return false;
  if (IsQueueEmpty() && following_) TakeFromFeed();
  if (IsQueueEmpty()) return false;
  writing_ = true;
  last_written_ = core_.clock.BootMillis();
  EncodedMessage message = std::move(queue_[written_++]);
  if (IsQueueEmpty()) SetQueue({});
  peer_->Write(std::move(message), !IsQueueEmpty() || more_to_follow_);
  return true;
}

void InventoryWatch::SetQueue(Queue queue) {
  queue_ = std::move(queue);
  written_ = 0;
}

void InventoryWatch::TakeFromFeed() {
  while (IsQueueEmpty()) {
    const domain::Position through = feed_->through();
    const EncodedCommits::Found found = feed_->After(position_);
    AddFellBehind(found, &queue_);
    if (found.missing) {
      more_to_follow_ = false;
      following_ = false;
      in_sync_ = false;
      return Poke();
    }
    if (found.commit == nullptr) {
      more_to_follow_ = false;
      return InSync(found, through, &queue_);
    }
    const auto& messages = found.commit->Messages();
    queue_.insert(queue_.end(), messages.begin(), messages.end());
    position_ = found.commit->position();
    ordinal_ = found.commit->ordinal();
    more_to_follow_ = found.newest > position_;
  }
}

void InventoryWatch::Beat() {
  if (!BeatIsDue()) return;
  AddHeartbeat(&queue_);
  WriteNext();
}

bool InventoryWatch::BeatIsDue() const {
  return absl::Milliseconds(core_.clock.BootMillis() - last_written_) >=
         wishes_.heartbeat;
}

void InventoryWatch::Finish(const absl::Status& status) {
  std::exchange(peer_, nullptr)->Finish(status);
}

void InventoryWatch::Poke() { step_.Poke(shared_from_this()); }

void InventoryWatch::PokeForBeat() {
  if (std::exchange(timer_set_, true)) return;
  // Silence begins anew with what is being written.
  absl::Duration silent;
  if (!writing_) {
    silent = absl::Milliseconds(core_.clock.BootMillis() - last_written_);
  }
  absl::Duration wait = wishes_.heartbeat - silent;
  if (!interest_.empty()) wait = std::min(wait, kInterestInterval);
  core_.timer.After(std::max(wait, absl::Milliseconds(1)),
                    [weak = weak_from_this()] {
                      const auto self = weak.lock();
                      if (self == nullptr) return;
                      const std::lock_guard lock(self->mutex_);
                      self->timer_set_ = false;
                      self->Poke();
                    });
}

}  // namespace qantara::server
