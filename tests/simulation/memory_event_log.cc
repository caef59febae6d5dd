#include "tests/simulation/memory_event_log.h"

#include <algorithm>

namespace qantara::simulation {

absl::Status MemoryEventLog::Append(absl::Span<domain::NewEvent> events) {
  for (size_t i = 0; i < events.size(); ++i) {
    domain::Revision& revision = revisions_[events[i].record->stream()];
    if (events[i].expected.Matches(revision)) {
      events[i].record->set_revision(++revision);
      continue;
    }
    while (i-- > 0) --revisions_[events[i].record->stream()];
    return absl::AbortedError("revision conflict");
  }
  for (const domain::NewEvent& event : events) records_.push_back(event.record);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> MemoryEventLog::Read(
    domain::Position after, domain::ReadLimit limit) const {
  if (after > head()) return absl::OutOfRangeError("beyond the head");
  const size_t count = std::min<size_t>(limit.events, head() - after);
  const auto first = records_.begin() + static_cast<ptrdiff_t>(after);
  return std::vector<domain::EventRecordPtr>(
      first, first + static_cast<ptrdiff_t>(count));
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> MemoryEventLog::ReadStream(
    absl::string_view stream, domain::Revision after,
    domain::ReadLimit limit) const {
  std::vector<domain::EventRecordPtr> found;
  for (const domain::EventRecordPtr& record : records_) {
    if (record->stream() != stream || record->revision() <= after) continue;
    if (found.size() >= limit.events) break;
    found.push_back(record);
  }
  return found;
}

}  // namespace qantara::simulation
