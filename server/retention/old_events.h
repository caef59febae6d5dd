// Walks over the stock events that a cut may take.
#ifndef QANTARA_SERVER_RETENTION_OLD_EVENTS_H_
#define QANTARA_SERVER_RETENTION_OLD_EVENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"

namespace qantara::server {

// One walk. Not thread-safe; the log must outlive it.
class OldEvents {
 public:
  // The events of the connection's stream of stock behind `after` and up to
  // `through`.
  //
  // Errors: kDataLoss.
  static absl::StatusOr<OldEvents> Between(const domain::EventLog& log,
                                           absl::string_view connection,
                                           domain::Position after,
                                           domain::Position through);

  // Reads on, and returns positions of events that are to be cut, at most
  // HistoryCutter::kMostCuts; none where the events that were read are cut
  // already or stay.
  //
  // Errors: kDataLoss.
  absl::StatusOr<std::vector<domain::Position>> Next();

  // Whether everything was read.
  bool done() const { return done_; }

 private:
  OldEvents(const domain::EventLog& log, std::string stream,
            domain::Position through)
      : log_(&log), stream_(std::move(stream)), through_(through) {}

  const domain::EventLog* log_;
  std::string stream_;
  domain::Position through_;
  domain::Revision read_ = 0;
  bool done_ = false;
};

// Number of the events of the connection's stream of stock up to `position`.
//
// Errors: kDataLoss.
absl::StatusOr<domain::Revision> StockRevisionAt(const domain::EventLog& log,
                                                 absl::string_view connection,
                                                 domain::Position position);

// Whether the cut up to `through` has reached its last event: events are cut in
// their order. True where there is none. Never where the last one stays because
// its commit is of a release that could not cut: then there is no telling, and
// cutting once more changes nothing.
//
// Errors: kDataLoss.
absl::StatusOr<bool> IsCutThrough(const domain::EventLog& log,
                                  absl::string_view connection,
                                  domain::Position through);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_OLD_EVENTS_H_
