#include "server/operations/event_tail.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"
#include "server/core/touched_keys.h"
#include "server/operations/event_fact.h"

namespace qantara::server {

std::shared_ptr<EventTail> EventTail::Start(
    Core& core, EventTailPeer& peer, const v1::TailEventsRequest& request,
    Slots::Slot slot) {
  std::shared_ptr<EventTail> tail(new EventTail(core, peer, std::move(slot)));
  const std::lock_guard lock(tail->mutex_);
  if (tail->slot_ == nullptr) {
    tail->Finish(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                   v1::ERROR_REASON_OVERLOADED,
                                   "too many calls of TailEvents are open"));
    return tail;
  }
  if (const absl::Status read = tail->Prepare(request); !read.ok()) {
    tail->Finish(read);
    return tail;
  }
  if (tail->follow_) core.tail.Follow(EveryEventFollowKey(), tail);
  tail->step_.Poke(tail);
  return tail;
}

EventTail::EventTail(Core& core, EventTailPeer& peer, Slots::Slot slot)
    : core_(core),
      slot_(std::move(slot)),
      step_(core.executor, [this] { Step(); }),
      peer_(&peer) {}

absl::Status EventTail::Prepare(const v1::TailEventsRequest& request) {
  QANTARA_ASSIGN_OR_RETURN(filter_,
                           EventFilter::Read(request, core_.connections));
  follow_ = request.follow();
  if (request.max_payload_bytes() > kMaxPayloadBytes) {
    return Invalid("max_payload_bytes", v1::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("at most ", kMaxPayloadBytes));
  }
  if (request.max_payload_bytes() > 0) {
    max_payload_bytes_ = request.max_payload_bytes();
  }
  const domain::Position head = core_.log.head();
  switch (request.start_case()) {
    case v1::TailEventsRequest::kAfterPosition:
      if (request.after_position() > head) {
        return Invalid("after_position", v1::ERROR_REASON_FIELD_INVALID,
                       absl::StrCat("the log ends at ", head));
      }
      position_ = request.after_position();
      break;
    case v1::TailEventsRequest::kNewest:
      position_ = head - std::min<domain::Position>(head, request.newest());
      break;
    case v1::TailEventsRequest::START_NOT_SET:
      position_ = follow_ ? head : 0;
      break;
  }
  return absl::OkStatus();
}

void EventTail::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  step_.Poke(shared_from_this());
}

void EventTail::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  step_.Poke(shared_from_this());
}

void EventTail::OnTouched(domain::Position, const std::vector<uint32_t>&) {
  step_.Poke(shared_from_this());
}

void EventTail::Step() {
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr || writing_) return;
    if (cancelled_) return Finish(absl::CancelledError("the client is gone"));
  }
  const auto next = Next();
  const std::lock_guard lock(mutex_);
  if (!next.ok()) return Finish(next.status());
  if (!next->has_value()) return AtEnd();
  writing_ = true;
  peer_->Write(**next);
}

absl::StatusOr<std::optional<v1::TailEventsResponse>> EventTail::Next() {
  v1::TailEventsResponse response;
  for (int looks = 0; looks < kMaxLooks; ++looks) {
    if (next_ == page_.size()) {
      next_ = 0;
      QANTARA_ASSIGN_OR_RETURN(page_, core_.log.Read(position_, kPage));
      if (page_.empty()) return std::nullopt;
    }
    const domain::EventRecordPtr record = std::move(page_[next_++]);
    position_ = record->position();
    if (!filter_.Passes(*record)) continue;
    *response.mutable_event() = ToMessage(*record);
    return response;
  }
  response.mutable_reached()->set_position(position_);
  return response;
}

v1::LoggedEvent EventTail::ToMessage(
    const events::v1::EventRecord& record) const {
  v1::LoggedEvent event;
  event.set_position(record.position());
  event.set_stream(record.stream());
  event.set_revision(record.revision());
  event.set_event_id(record.event_id());
  *event.mutable_time() = record.time();
  event.set_causation(record.causation());
  const google::protobuf::Message* const fact = FactOf(record.event());
  if (fact == nullptr) return event;
  event.set_type(fact->GetDescriptor()->name());
  event.set_payload_bytes(fact->ByteSizeLong());
  if (event.payload_bytes() <= max_payload_bytes_) {
    event.mutable_payload()->PackFrom(*fact);
  }
  return event;
}

void EventTail::AtEnd() {
  const int64_t now = core_.clock.BootMillis();
  if (told_ != position_) {
    if (follow_ && now < reached_due_) {
      if (std::exchange(timer_set_, true)) return;
      core_.timer.After(absl::Milliseconds(reached_due_ - now),
                        [weak = weak_from_this()] {
                          const auto self = weak.lock();
                          if (self == nullptr) return;
                          const std::lock_guard lock(self->mutex_);
                          self->timer_set_ = false;
                          self->step_.Poke(self);
                        });
      return;
    }
    told_ = position_;
    reached_due_ = now + absl::ToInt64Milliseconds(kReachedInterval);
    v1::TailEventsResponse response;
    response.mutable_reached()->set_position(position_);
    response.mutable_reached()->set_at_end(true);
    writing_ = true;
    peer_->Write(response);
    return;
  }
  if (!follow_) Finish(absl::OkStatus());
}

void EventTail::Finish(const absl::Status& status) {
  std::exchange(peer_, nullptr)->Finish(status);
}

}  // namespace qantara::server
