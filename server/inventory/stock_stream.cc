#include "server/inventory/stock_stream.h"

#include "domain/status_macros.h"
#include "domain/streams.h"

namespace qantara::server {

absl::StatusOr<StockStream> StockStream::After(const domain::EventLog& log,
                                               absl::string_view connection,
                                               domain::Position position) {
  StockStream stream(log, domain::StockStream(connection));
  // Find the last revision at or before `position`: first a range, by doubling,
  // then by halving it.
  domain::Revision known = 0;
  domain::Revision step = 1;
  while (true) {
    QANTARA_ASSIGN_OR_RETURN(const domain::Position found,
                             stream.PositionOf(known + step));
    if (found == 0 || found > position) break;
    known += step;
    step *= 2;
  }
  while (step > 1) {
    step /= 2;
    QANTARA_ASSIGN_OR_RETURN(const domain::Position found,
                             stream.PositionOf(known + step));
    if (found != 0 && found <= position) known += step;
  }
  stream.read_ = known;
  return stream;
}

absl::StatusOr<domain::Position> StockStream::PositionOf(
    domain::Revision revision) const {
  QANTARA_ASSIGN_OR_RETURN(
      const auto records,
      log_->ReadStream(stream_, revision - 1, {.events = 1}));
  return records.empty() ? 0 : records.front()->position();
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> StockStream::Next() {
  QANTARA_ASSIGN_OR_RETURN(auto records,
                           log_->ReadStream(stream_, read_, kLimit));
  if (!records.empty()) read_ = records.back()->revision();
  return records;
}

}  // namespace qantara::server
