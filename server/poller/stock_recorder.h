// Brings what was read of the remote catalog into the log.
#ifndef QANTARA_SERVER_POLLER_STOCK_RECORDER_H_
#define QANTARA_SERVER_POLLER_STOCK_RECORDER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/core/command_bus.h"
#include "server/poller/gated_reads.h"
#include "server/poller/read_times.h"

namespace qantara::server {

// Compares every reading with the tables first: what is as it was costs the
// writer nothing. A reading that was asked for before the one that last told of
// a record has nothing to say about that record any more. Blocks until what is
// new is on disk. Not thread-safe.
class StockRecorder {
 public:
  struct Parts {
    std::string connection;
    CommandBus& bus;
    const domain::TableStore& tables;
    const domain::Clock& clock;
    ReadTimes& times;
    // The stock of these records has moved; runs inside Record.
    std::function<void(const std::vector<std::string>&)> moved;
  };

  // The references must outlive it.
  explicit StockRecorder(Parts parts) : parts_(std::move(parts)) {}

  // Records what a request told. Returns a position that reflects it.
  //
  // Errors: kUnavailable when nothing is taken any more, kResourceExhausted
  // when too much waits for the writer, kDataLoss: then nothing is recorded,
  // and the records do not count as read.
  absl::StatusOr<domain::Position> Record(
      const Asked& asked, const std::vector<const v1::RemoteProduct*>& records);

  // Records that the provider said that the record is gone, likewise.
  absl::StatusOr<domain::Position> RecordGone(const Asked& asked,
                                              const std::string& remote_id);

  // Records a listing of locations. `named` are those that products named.
  absl::StatusOr<domain::Position> RecordLocations(
      std::vector<domain::RemoteLocation> locations,
      std::vector<std::string> named);

 private:
  // Waits until the tables show what was recorded before; where they do not in
  // time, everything counts as new.
  bool TablesAreFresh() const;
  template <typename Command>
  absl::Status Send(Command command);
  absl::Status SendNews(domain::RecordStock stock);
  absl::Status SendDrift(const Asked& asked,
                         const std::vector<const v1::RemoteProduct*>& records);

  const Parts parts_;
  // Of the last command of this recorder.
  domain::Position recorded_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_STOCK_RECORDER_H_
