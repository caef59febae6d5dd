#include "server/retention/stock_history.h"

#include <algorithm>

#include "domain/timestamps.h"

namespace qantara::server {
namespace {

// Parts of a limit that are told apart.
constexpr uint64_t kParts = 64;

}  // namespace

void StockHistory::Add(const events::v1::EventRecord& record) {
  if (!record.event().has_stock_observed()) return;
  const absl::Time time = domain::FromTimestamp(record.time());
  if (spans_.empty() || IsFull(spans_.back(), time)) {
    spans_.push_back({record.position(), time, time, 0, 0});
  }
  const uint64_t bytes = record.ByteSizeLong();
  Span& span = spans_.back();
  span.last = record.position();
  // The clock may have been set back.
  span.end = std::max(span.end, time);
  ++span.events;
  span.bytes += bytes;
  bytes_ += bytes;
  if (spans_.size() > kMaxSpans) JoinOldest();
}

bool StockHistory::IsFull(const Span& span, absl::Time next) const {
  return (limits_.max_bytes.has_value() &&
          span.bytes >= *limits_.max_bytes / kParts) ||
         (limits_.max_age.has_value() &&
          next - span.begin >= *limits_.max_age / kParts);
}

void StockHistory::JoinOldest() {
  const Span oldest = spans_.front();
  spans_.pop_front();
  Span& joined = spans_.front();
  joined.begin = oldest.begin;
  joined.end = std::max(joined.end, oldest.end);
  joined.events += oldest.events;
  joined.bytes += oldest.bytes;
}

StockHistory::Old StockHistory::OldAt(absl::Time now) const {
  Old old;
  Old sum;
  uint64_t kept = bytes_;  // Bytes from the present span on.
  for (const Span& span : spans_) {
    sum.through = span.last;
    sum.events += span.events;
    sum.bytes += span.bytes;
    const bool aged =
        limits_.max_age.has_value() && span.end <= now - *limits_.max_age;
    const bool beyond = limits_.max_bytes.has_value() &&
                        kept - span.bytes >= *limits_.max_bytes;
    kept -= span.bytes;
    if (aged || beyond) old = sum;
  }
  return old;
}

void StockHistory::Forget(domain::Position through) {
  while (!spans_.empty() && spans_.front().last <= through) {
    bytes_ -= spans_.front().bytes;
    spans_.pop_front();
  }
}

}  // namespace qantara::server
