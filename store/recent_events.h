// The newest events, decoded, for those who follow the log's end.
#ifndef QANTARA_STORE_RECENT_EVENTS_H_
#define QANTARA_STORE_RECENT_EVENTS_H_

#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "domain/ports/event_log.h"

namespace qantara::store {

// Keeps consecutive events up to a number of bytes that they take decoded, as
// estimated from their stored bytes. Thread-safe.
class RecentEvents {
 public:
  // Decoded bytes per stored byte. Stock is many short texts, each of them an
  // allocation: a sweep of 100,000 products was measured at 5.6.
  static constexpr size_t kFactor = 2;
  static constexpr size_t kStockFactor = 6;

  explicit RecentEvents(size_t capacity_bytes)
      : capacity_bytes_(capacity_bytes) {}

  // Adds the event after the one added last; `bytes` is its stored size.
  void Push(domain::EventRecordPtr event, size_t bytes);

  // Forgets the events up to `last`.
  void DropThrough(domain::Position last);

  // Returns events from `first` to at most `last`, within `limit`; empty when
  // `first` is not kept.
  std::vector<domain::EventRecordPtr> From(domain::Position first,
                                           domain::Position last,
                                           domain::ReadLimit limit) const;

 private:
  struct Entry {
    domain::EventRecordPtr event;
    size_t bytes;
  };

  static size_t MemoryOf(const Entry& entry);

  // With mutex_ held.
  void DropFirst();

  const size_t capacity_bytes_;
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  size_t memory_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_RECENT_EVENTS_H_
