#include "store/recent_events.h"

#include <utility>

namespace qantara::store {

size_t RecentEvents::MemoryOf(const Entry& entry) {
  const bool stock = entry.event->event().has_stock_observed();
  return entry.bytes * (stock ? kStockFactor : kFactor);
}

void RecentEvents::Push(domain::EventRecordPtr event, size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_.push_back({std::move(event), bytes});
  memory_ += MemoryOf(entries_.back());
  while (memory_ > capacity_bytes_ && !entries_.empty()) DropFirst();
}

void RecentEvents::DropThrough(domain::Position last) {
  const std::lock_guard<std::mutex> lock(mutex_);
  while (!entries_.empty() && entries_.front().event->position() <= last) {
    DropFirst();
  }
}

void RecentEvents::DropFirst() {
  memory_ -= MemoryOf(entries_.front());
  entries_.pop_front();
}

std::vector<domain::EventRecordPtr> RecentEvents::From(
    domain::Position first, domain::Position last,
    domain::ReadLimit limit) const {
  std::vector<domain::EventRecordPtr> events;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (entries_.empty() || first < entries_.front().event->position()) {
    return events;
  }
  size_t bytes = 0;
  for (size_t i = first - entries_.front().event->position();
       i < entries_.size() && entries_[i].event->position() <= last; ++i) {
    if (events.size() >= limit.events && !events.empty()) break;
    if (bytes + entries_[i].bytes > limit.bytes && !events.empty()) break;
    bytes += entries_[i].bytes;
    events.push_back(entries_[i].event);
  }
  return events;
}

}  // namespace qantara::store
