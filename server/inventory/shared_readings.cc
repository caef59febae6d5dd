#include "server/inventory/shared_readings.h"

#include <algorithm>
#include <utility>

namespace qantara::server {

void SharedReadings::Read(ReadingWish wish) {
  const auto is_needed = wish.is_needed;
  const ReadingPtr reading = JoinOrBegin(wish);
  if (reading == nullptr) return;
  // A reading may have ended between the caller's look and now: it was noted
  // before it left the list, so this look sees it.
  if (!is_needed()) return End(reading, absl::OkStatus());
  Ask(reading);
}

SharedReadings::ReadingPtr SharedReadings::JoinOrBegin(ReadingWish& wish) {
  const std::lock_guard lock(mutex_);
  ReadingPtr& newest = readings_[wish.record];
  if (newest != nullptr && newest->began >= wish.since) {
    newest->callers.push_back(std::move(wish));
    return nullptr;
  }
  newest = std::make_shared<Reading>();
  newest->began = clock_.BootMillis();
  newest->deadline = wish.deadline;
  newest->callers.push_back(std::move(wish));
  return newest;
}

void SharedReadings::Ask(const ReadingPtr& reading) {
  StockRefresher* refresher = nullptr;
  RefreshWish wish;
  {
    const std::lock_guard lock(mutex_);
    refresher = reading->callers.front().refresher;
    wish.remote_ids = {reading->callers.front().record.second};
  }
  refresher->Refresh(std::move(wish), reading->deadline,
                     [weak = weak_from_this(),
                      reading](const absl::StatusOr<RefreshOutcome>& outcome) {
                       if (const auto self = weak.lock())
                         self->End(reading, outcome.status());
                     });
}

void SharedReadings::End(const ReadingPtr& reading,
                         const absl::Status& status) {
  std::vector<ReadingWish> callers = Close(reading);
  // Whoever has most time begins the next reading; the others join it.
  std::sort(callers.begin(), callers.end(),
            [](const ReadingWish& left, const ReadingWish& right) {
              return left.deadline > right.deadline;
            });
  for (ReadingWish& caller : callers) {
    const bool has_time = caller.deadline > reading->deadline &&
                          caller.deadline > clock_.BootMillis();
    if (absl::IsDeadlineExceeded(status) && has_time) {
      Read(std::move(caller));
    } else {
      caller.done(status);
    }
  }
}

std::vector<ReadingWish> SharedReadings::Close(const ReadingPtr& reading) {
  const std::lock_guard lock(mutex_);
  const auto& record = reading->callers.front().record;
  const auto listed = readings_.find(record);
  if (listed != readings_.end() && listed->second == reading) {
    readings_.erase(listed);
  }
  return std::exchange(reading->callers, {});
}

}  // namespace qantara::server
