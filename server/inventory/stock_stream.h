// The stock events of one connection, from any position on.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_STREAM_H_
#define QANTARA_SERVER_INVENTORY_STOCK_STREAM_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"

namespace qantara::server {

// Reads only its own events, however many others there are. Not thread-safe.
class StockStream {
 public:
  // Events of one read.
  static constexpr domain::ReadLimit kLimit = {.events = 64,
                                               .bytes = 256 << 10};

  // Starts after `position`. `log` must outlive it.
  //
  // Errors: kDataLoss.
  static absl::StatusOr<StockStream> After(const domain::EventLog& log,
                                           absl::string_view connection,
                                           domain::Position position);

  // Returns the next events; empty at the end.
  //
  // Errors: kDataLoss.
  absl::StatusOr<std::vector<domain::EventRecordPtr>> Next();

 private:
  StockStream(const domain::EventLog& log, std::string stream)
      : log_(&log), stream_(std::move(stream)) {}

  // Position of the event with that revision; 0 when there is none.
  absl::StatusOr<domain::Position> PositionOf(domain::Revision revision) const;

  const domain::EventLog* log_;
  std::string stream_;
  domain::Revision read_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_STREAM_H_
