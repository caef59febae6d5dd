#include "server/poller/stock_recorder.h"

#include <algorithm>
#include <utility>

#include "domain/observe/drift_reading.h"
#include "domain/observe/stock_reading.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

// The tables are behind the log by milliseconds.
constexpr absl::Duration kPatience = absl::Seconds(1);

}  // namespace

bool StockRecorder::TablesAreFresh() const {
  return parts_.tables.position() >= recorded_ ||
         parts_.tables.WaitFor(recorded_, kPatience);
}

template <typename Command>
absl::Status StockRecorder::Send(Command command) {
  domain::Reach(domain::Failpoint::kSweepRecord);
  const auto executed = parts_.bus.Execute(std::move(command));
  if (!executed.ok()) return executed.status();
  recorded_ = std::max(recorded_, executed->position);
  domain::Reach(domain::Failpoint::kSweepRecorded);
  return absl::OkStatus();
}

absl::Status StockRecorder::SendNews(domain::RecordStock stock) {
  if (TablesAreFresh()) {
    QANTARA_ASSIGN_OR_RETURN(stock,
                             domain::KeepNews(std::move(stock), parts_.tables));
  }
  if (stock.products.empty() && stock.gone_ids.empty()) {
    return absl::OkStatus();
  }
  std::vector<std::string> moved;
  for (const v1::RemoteProduct& product : stock.products) {
    // What is seen for the first time did not move.
    const auto row =
        parts_.tables.Get(domain::Table::kStock,
                          domain::TextKey(parts_.connection, product.id()));
    if (row.ok() && row->has_value()) moved.push_back(product.id());
  }
  QANTARA_RETURN_IF_ERROR(Send(std::move(stock)));
  if (!moved.empty()) parts_.moved(moved);
  return absl::OkStatus();
}

absl::Status StockRecorder::SendDrift(
    const Asked& asked, const std::vector<const v1::RemoteProduct*>& records) {
  domain::RecordDrift drift;
  drift.connection = parts_.connection;
  drift.observe_time = parts_.clock.Now();
  drift.began = asked.position;
  for (const v1::RemoteProduct* record : records) {
    drift.products.push_back(*record);
  }
  QANTARA_ASSIGN_OR_RETURN(drift,
                           domain::KeepNews(std::move(drift), parts_.tables));
  if (drift.products.empty()) return absl::OkStatus();
  return Send(std::move(drift));
}

absl::StatusOr<domain::Position> StockRecorder::Record(
    const Asked& asked, const std::vector<const v1::RemoteProduct*>& records) {
  domain::RecordStock stock;
  stock.connection = parts_.connection;
  stock.observe_time = parts_.clock.Now();
  std::vector<const v1::RemoteProduct*> newest;
  for (const v1::RemoteProduct* record : records) {
    const auto last = parts_.times.LastRead(record->id());
    if (last.has_value() && *last > asked.at) continue;
    newest.push_back(record);
    stock.products.push_back(*record);
  }
  const domain::Position shown = parts_.tables.position();
  if (!newest.empty()) {
    QANTARA_RETURN_IF_ERROR(SendNews(std::move(stock)));
    QANTARA_RETURN_IF_ERROR(SendDrift(asked, newest));
  }
  for (const v1::RemoteProduct* record : newest) {
    parts_.times.Read(record->id(), asked.at);
  }
  return std::max(shown, recorded_);
}

absl::StatusOr<domain::Position> StockRecorder::RecordGone(
    const Asked& asked, const std::string& remote_id) {
  const domain::Position shown = parts_.tables.position();
  const auto last = parts_.times.LastRead(remote_id);
  if (!last.has_value() || *last <= asked.at) {
    domain::RecordStock stock;
    stock.connection = parts_.connection;
    stock.observe_time = parts_.clock.Now();
    stock.gone_ids.push_back(remote_id);
    QANTARA_RETURN_IF_ERROR(SendNews(std::move(stock)));
    parts_.times.Forget(remote_id);
  }
  return std::max(shown, recorded_);
}

absl::StatusOr<domain::Position> StockRecorder::RecordLocations(
    std::vector<domain::RemoteLocation> locations,
    std::vector<std::string> named) {
  domain::RecordLocations command;
  command.connection = parts_.connection;
  command.locations = std::move(locations);
  command.named_by_products = std::move(named);
  command.observe_time = parts_.clock.Now();
  QANTARA_RETURN_IF_ERROR(Send(std::move(command)));
  return recorded_;
}

}  // namespace qantara::server
