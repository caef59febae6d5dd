// The append-only log of events: the only durable truth.
#ifndef QANTARA_DOMAIN_PORTS_EVENT_LOG_H_
#define QANTARA_DOMAIN_PORTS_EVENT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Place of an event in the log. The first event has 1; 0 is before it.
using Position = uint64_t;

// Number of events in a stream. 0 is a stream that nobody has written to.
using Revision = uint64_t;

// What a writer believes about a stream before it appends.
class ExpectedRevision {
 public:
  // Any revision; the writer does not care who wrote before it.
  static ExpectedRevision Any() { return ExpectedRevision(std::nullopt); }

  // Exactly `revision`; 0 means the stream must not exist yet.
  static ExpectedRevision Exactly(Revision revision) {
    return ExpectedRevision(revision);
  }

  bool Matches(Revision actual) const {
    return !revision_.has_value() || *revision_ == actual;
  }

 private:
  explicit ExpectedRevision(std::optional<Revision> revision)
      : revision_(revision) {}

  std::optional<Revision> revision_;
};

// A committed event. Shared by everybody who reads it; never changed.
using EventRecordPtr = std::shared_ptr<const events::v1::EventRecord>;

// An event to append. `record.position` must be the next one; `stream`,
// `event_id` (16 bytes, unique), `time` and `event` must be set; Append sets
// `revision`.
struct NewEvent {
  std::shared_ptr<events::v1::EventRecord> record;
  ExpectedRevision expected = ExpectedRevision::Any();
};

// How much one read returns at the most; at least one event is returned when
// there is one.
struct ReadLimit {
  size_t events = 1024;
  size_t bytes = 4 << 20;
};

// Implementations pass tests/store/event_log_contract.h. Append is called by
// one thread at a time; everything else is thread-safe and does not block it.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends all events, or none. When it returns OK they survive a crash of the
  // machine and are visible to readers, in one step.
  //
  // Errors: kAborted (REVISION_CONFLICT) when an expected revision does not
  // match, and kInvalidArgument when positions do not follow the head: nothing
  // was written. kFailedPrecondition when the log is read-only or another
  // writer took over (fenced): nothing was written. kUnavailable when it is not
  // known whether the events were written: the log is read-only from then on.
  virtual absl::Status Append(absl::Span<NewEvent> events) = 0;

  // Returns events with positions above `after`, oldest first, without gaps.
  // Empty when `after` is the head.
  //
  // Errors: kDataLoss when a stored event cannot be read back; kOutOfRange when
  // `after` is beyond the head or older than what is kept.
  virtual absl::StatusOr<std::vector<EventRecordPtr>> Read(
      Position after, ReadLimit limit) const = 0;

  // Returns events of one stream with revisions above `after`, oldest first. A
  // stream that nobody has written to reads as empty.
  //
  // Errors: kDataLoss.
  virtual absl::StatusOr<std::vector<EventRecordPtr>> ReadStream(
      absl::string_view stream, Revision after, ReadLimit limit) const = 0;

  // Position of the newest event; 0 when there is none.
  virtual Position head() const = 0;

  // OK while appending is possible; otherwise why it is not.
  virtual absl::Status writable() const = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_EVENT_LOG_H_
