// Replaces events that nobody needs any more by their digests.
//
// A port of its own beside EventLog: whoever reads or appends cannot cut.
#ifndef QANTARA_DOMAIN_PORTS_HISTORY_CUTTER_H_
#define QANTARA_DOMAIN_PORTS_HISTORY_CUTTER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Whether an event of its kind may be cut at all, once later events carry what
// it did. Everything else stays for ever.
inline bool MayBeCut(const events::v1::Event& event) {
  return event.has_stock_observed() || event.has_stock_snapshot_taken();
}

// What became of the events that were to be cut; those that were cut before are
// not counted.
struct CutResult {
  size_t cut = 0;
  // Left as they are: of commits whose digest runs over whole values.
  size_t kept = 0;
  // Stored bytes of the cut ones, before and after.
  uint64_t bytes_before = 0;
  uint64_t bytes_after = 0;
};

// Implementations pass tests/store/history_cutter_contract.h.
class HistoryCutter {
 public:
  // Positions of one call at the most.
  static constexpr size_t kMostCuts = 256;

  virtual ~HistoryCutter() = default;

  // Replaces the events at `positions` by records of kind EventCut with the
  // position, stream, revision, id, time and causation of the event and the
  // digest of its value. When it returns OK that survives a crash of the
  // machine. Reads that began before may still return the whole events, later
  // ones do not. Cutting again what is cut changes nothing.
  //
  // Called by one thread at a time, next to Append and to readers; an Append
  // waits at most for one write of records without contents.
  //
  // Errors: kInvalidArgument when positions do not ascend, are too many, are in
  // the newest commit or behind it, or when MayBeCut says no to one: nothing
  // was cut. kFailedPrecondition when the log is read-only and kDataLoss when
  // an event or its commit cannot be read back: nothing was cut. kUnavailable
  // when the disk refuses: each event is whole or cut after the next start, and
  // where it refused to write, the log is read-only from then on.
  virtual absl::StatusOr<CutResult> Cut(
      absl::Span<const Position> positions) = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_HISTORY_CUTTER_H_
