#include "server/retention/old_events.h"

#include <algorithm>
#include <utility>

#include "domain/ports/history_cutter.h"
#include "domain/status_macros.h"
#include "domain/streams.h"

namespace qantara::server {
namespace {

constexpr domain::ReadLimit kPage = {.events =
                                         domain::HistoryCutter::kMostCuts};
// Events that are read at once on the way back.
constexpr domain::Revision kBack = 64;

}  // namespace

absl::StatusOr<domain::Revision> StockRevisionAt(const domain::EventLog& log,
                                                 absl::string_view connection,
                                                 domain::Position position) {
  const std::string stream = domain::StockStream(connection);
  // First a range, by doubling, then by halving it.
  domain::Revision known = 0;
  // Whether the event of that revision is there and not behind `position`.
  const auto reaches = [&](domain::Revision revision) -> absl::StatusOr<bool> {
    QANTARA_ASSIGN_OR_RETURN(
        const auto events, log.ReadStream(stream, revision - 1, {.events = 1}));
    return !events.empty() && events.front()->position() <= position;
  };
  domain::Revision step = 1;
  while (true) {
    QANTARA_ASSIGN_OR_RETURN(const bool on, reaches(known + step));
    if (!on) break;
    known += step;
    step *= 2;
  }
  while (step > 1) {
    step /= 2;
    QANTARA_ASSIGN_OR_RETURN(const bool on, reaches(known + step));
    if (on) known += step;
  }
  return known;
}

absl::StatusOr<OldEvents> OldEvents::Between(const domain::EventLog& log,
                                             absl::string_view connection,
                                             domain::Position after,
                                             domain::Position through) {
  OldEvents events(log, domain::StockStream(connection), through);
  if (after > 0) {
    QANTARA_ASSIGN_OR_RETURN(events.read_,
                             StockRevisionAt(log, connection, after));
  }
  return events;
}

absl::StatusOr<std::vector<domain::Position>> OldEvents::Next() {
  std::vector<domain::Position> positions;
  QANTARA_ASSIGN_OR_RETURN(const auto events,
                           log_->ReadStream(stream_, read_, kPage));
  done_ = events.empty();
  for (const domain::EventRecordPtr& event : events) {
    if (event->position() > through_) {
      done_ = true;
      break;
    }
    read_ = event->revision();
    if (domain::MayBeCut(event->event())) {
      positions.push_back(event->position());
    }
  }
  return positions;
}

absl::StatusOr<bool> IsCutThrough(const domain::EventLog& log,
                                  absl::string_view connection,
                                  domain::Position through) {
  const std::string stream = domain::StockStream(connection);
  QANTARA_ASSIGN_OR_RETURN(domain::Revision end,
                           StockRevisionAt(log, connection, through));
  while (end > 0) {
    const domain::Revision begin = end - std::min(end, kBack);
    QANTARA_ASSIGN_OR_RETURN(
        const auto events,
        log.ReadStream(stream, begin,
                       {.events = static_cast<size_t>(end - begin)}));
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
      if ((*event)->event().has_event_cut()) return true;
      if (domain::MayBeCut((*event)->event())) return false;
    }
    end = begin;
  }
  return true;
}

}  // namespace qantara::server
