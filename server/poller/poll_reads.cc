#include "server/poller/poll_reads.h"

#include <algorithm>
#include <utility>

namespace qantara::server {
namespace {

constexpr ReadKind kAbsentRead = {domain::Lane::kPoll, "look"};
constexpr ReadKind kHotRead = {domain::Lane::kPoll, "poll"};

}  // namespace

bool PollReads::AddAbsent(const std::string& remote_id) {
  if (absent_.size() >= kMostAbsent) return false;
  if (absent_ids_.insert(remote_id).second) {
    absent_.push_back({remote_id, /*absent=*/true});
  }
  return true;
}

std::optional<PollReads::Wish> PollReads::Next(bool hot) {
  if (!absent_.empty()) {
    Wish wish = std::move(absent_.front());
    absent_.pop_front();
    return wish;
  }
  const int64_t now = parts_.clock.BootMillis();
  if (!hot || now < next_hot_) return std::nullopt;
  if (held_.has_value()) return std::exchange(held_, std::nullopt);
  auto id = parts_.hot.TakeDue(now);
  while (id.has_value() && parts_.doubted.contains(*id)) {
    parts_.hot.Remove(*id);
    id = parts_.hot.TakeDue(now);
  }
  if (!id.has_value()) return std::nullopt;
  return Wish{*std::move(id), /*absent=*/false};
}

int64_t PollReads::NextAt(bool hot) const {
  if (!hot) return Actor::kNever;
  if (held_.has_value()) return next_hot_;
  return parts_.hot.size() == 0 ? Actor::kNever
                                : std::max(next_hot_, parts_.hot.next_due());
}

void PollReads::PutBack(Wish wish) {
  if (wish.absent) {
    absent_.push_front(std::move(wish));
  } else {
    held_ = std::move(wish);
  }
}

int64_t PollReads::Step(bool hot) {
  while (in_flight_ < kMostInFlight) {
    std::optional<Wish> wish = Next(hot);
    if (!wish.has_value()) return NextAt(hot);
    const ReadKind kind = wish->absent ? kAbsentRead : kHotRead;
    const auto grant = parts_.reads.Get(
        kind, wish->remote_id,
        [this, wish = *wish](const Asked& asked,
                             const domain::RecordAnswer& answer) {
          Take(wish, asked, answer);
        });
    if (!grant.granted) {
      PutBack(*std::move(wish));
      return grant.retry_at;
    }
    ++in_flight_;
    if (!wish->absent) {
      next_hot_ = parts_.clock.BootMillis() + parts_.hot_pause;
    }
  }
  return Actor::kNever;
}

void PollReads::Take(Wish wish, const Asked& asked,
                     const domain::RecordAnswer& answer) {
  --in_flight_;
  if (answer.report.effect != domain::Effect::kConfirmed) {
    const bool throttled = answer.report.reason == v1::ERROR_REASON_OVERLOADED;
    if (wish.absent && (throttled || ++wish.tries < kMostTries)) {
      absent_.push_back(std::move(wish));
    } else {
      absent_ids_.erase(wish.remote_id);
    }
    return;
  }
  if (wish.absent) absent_ids_.erase(wish.remote_id);
  if (answer.record.has_value()) {
    if (wish.absent) parts_.found(*answer.record);
    parts_.recorder.Record(asked, {&*answer.record}).status().IgnoreError();
  } else if (answer.not_found &&
             parts_.recorder.RecordGone(asked, wish.remote_id).ok()) {
    parts_.hot.Remove(wish.remote_id);
    parts_.gone(wish.remote_id);
  }
}

}  // namespace qantara::server
