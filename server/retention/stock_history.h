// How much history of stock there is, and how much of it is old.
#ifndef QANTARA_SERVER_RETENTION_STOCK_HISTORY_H_
#define QANTARA_SERVER_RETENTION_STOCK_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <deque>

#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"
#include "server/retention/retention_limits.h"

namespace qantara::server {

// Running sums over the changes of stock that are not cut. Changes that follow
// each other are summed up in spans, so that memory does not grow with the
// history and looking for what is old reads no event again. Whether something
// is old is therefore known to 1/64 of a limit: it is never too early, and that
// much late at the most. Not thread-safe.
class StockHistory {
 public:
  // Spans at the most; beyond, the oldest are joined.
  static constexpr size_t kMaxSpans = 256;

  explicit StockHistory(const RetentionLimits& limits) : limits_(limits) {}

  // Adds the next event of the stream; only changes of stock count.
  void Add(const events::v1::EventRecord& record);

  // Changes that are beyond the limits.
  struct Old {
    // Position of the last of them; 0: there are none.
    domain::Position through = 0;
    uint64_t events = 0;
    uint64_t bytes = 0;
  };
  Old OldAt(absl::Time now) const;

  // Forgets the changes up to `through`, which OldAt told.
  void Forget(domain::Position through);

  // Bytes of the records of all changes.
  uint64_t bytes() const { return bytes_; }

 private:
  struct Span {
    domain::Position last = 0;
    absl::Time begin;
    absl::Time end;
    uint64_t events = 0;
    uint64_t bytes = 0;
  };

  bool IsFull(const Span& span, absl::Time next) const;
  void JoinOldest();

  const RetentionLimits limits_;
  std::deque<Span> spans_;
  uint64_t bytes_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_STOCK_HISTORY_H_
