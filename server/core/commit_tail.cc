#include "server/core/commit_tail.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace qantara::server {
namespace {

// Longest wait before looking whether to stop.
constexpr absl::Duration kLook = absl::Milliseconds(100);
// Pause after the log could not be read.
constexpr std::chrono::milliseconds kPauseAfterError(100);

}  // namespace

CommitTail::CommitTail(const domain::EventLog& log,
                       const domain::TableStore& tables)
    : log_(log),
      tables_(tables),
      position_(tables.position()),
      begun_(position_),
      thread_([this] { Run(); }) {}

CommitTail::~CommitTail() {
  stopping_ = true;
  thread_.join();
}

domain::Position CommitTail::Follow(const std::string& key,
                                    std::weak_ptr<CommitListener> listener) {
  const std::lock_guard lock(mutex_);
  listeners_[key].push_back(std::move(listener));
  return begun_;
}

void CommitTail::Tell(const std::string& key) {
  for (const auto& listener : ListenersOf(key)) listener->OnTouched(0, {});
}

void CommitTail::Run() {
  auto next_sweep = std::chrono::steady_clock::now();
  while (!stopping_) {
    if (tables_.WaitFor(position_ + 1, kLook)) {
      const domain::Position through = tables_.position();
      if (!SkipTo(through)) Walk(through);
    }
    if (std::chrono::steady_clock::now() >= next_sweep) {
      Sweep();
      next_sweep = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    }
  }
}

bool CommitTail::SkipTo(domain::Position through) {
  const std::lock_guard lock(mutex_);
  if (!listeners_.empty()) return false;
  begun_ = through;
  position_ = through;
  return true;
}

void CommitTail::Walk(domain::Position through) {
  while (position_ < through && !stopping_) {
    const auto records = log_.Read(position_, domain::ReadLimit());
    if (!records.ok() || records->empty()) {
      // Damage is reported by everybody who reads it; followers get no news.
      std::this_thread::sleep_for(kPauseAfterError);
      return;
    }
    for (const domain::EventRecordPtr& record : *records) {
      if (record->position() > through) return;
      {
        // A follower that comes from now on hears of the next event.
        const std::lock_guard lock(mutex_);
        begun_ = record->position();
      }
      TellOf(*record);
      position_ = record->position();
    }
  }
}

void CommitTail::TellOf(const events::v1::EventRecord& record) {
  for (const auto& listener : ListenersOf(EveryEventFollowKey())) {
    listener->OnTouched(record.position(), {});
  }
  if (record.event().has_event_cut()) {
    // It was cut before it could be told. Whom it touched is known by its
    // stream alone, which is what those who watch stock follow.
    for (const auto& listener : ListenersOf(record.stream())) {
      listener->OnTouched(record.position(), {});
    }
    return;
  }
  const FindIntent find_intent = [this](domain::Position position) {
    domain::EventRecordPtr found;
    if (position == 0) return found;
    const auto records = log_.Read(position - 1, {.events = 1});
    if (records.ok() && !records->empty()) found = records->front();
    return found;
  };
  for (const Touched& touched : TouchedBy(record.event(), find_intent)) {
    for (const auto& listener : ListenersOf(touched.key)) {
      listener->OnTouched(record.position(), touched.lines);
    }
  }
}

std::vector<std::shared_ptr<CommitListener>> CommitTail::ListenersOf(
    const std::string& key) {
  std::vector<std::shared_ptr<CommitListener>> alive;
  const std::lock_guard lock(mutex_);
  const auto found = listeners_.find(key);
  if (found == listeners_.end()) return alive;
  for (const auto& weak : found->second) {
    if (auto listener = weak.lock()) alive.push_back(std::move(listener));
  }
  return alive;
}

void CommitTail::Sweep() {
  const std::lock_guard lock(mutex_);
  for (auto it = listeners_.begin(); it != listeners_.end();) {
    auto& of_key = it->second;
    of_key.erase(std::remove_if(of_key.begin(), of_key.end(),
                                [](const auto& w) { return w.expired(); }),
                 of_key.end());
    if (of_key.empty()) {
      listeners_.erase(it++);
    } else {
      ++it;
    }
  }
}

}  // namespace qantara::server
