#include "server/core/operations_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "domain/restored.h"
#include "domain/status_macros.h"
#include "domain/timestamps.h"
#include "server/core/connection_detail.h"
#include "server/core/import_sums.h"
#include "server/core/open_work.h"
#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

// What is known in particular says more than the state does.
std::string DetailOf(const ConnectionStatus& status) {
  const v1::ConnectionState state = status.state();
  std::string known = status.detail();
  if (state == v1::CONNECTION_STATE_PAUSED) return ConnectionDetail(state);
  if (!known.empty()) return known;
  std::string doubt = status.doubt();
  const bool active = state == v1::CONNECTION_STATE_ACTIVE;
  return active && !doubt.empty() ? doubt : ConnectionDetail(state);
}

// How old the figures are.
void SetAges(const ConnectionStatus& from, absl::Time now,
             v1::ConnectionStatus* status) {
  if (const auto sweep = from.last_sweep(); sweep.has_value()) {
    *status->mutable_last_sweep_time() = domain::ToTimestamp(*sweep);
  }
  if (const auto interval = from.poll_interval(); interval.has_value()) {
    *status->mutable_achieved_poll_interval() =
        domain::ToProtoDuration(*interval);
  }
  const std::optional<StockReads> reads = from.stock_reads();
  if (!reads.has_value()) return;
  *status->mutable_stock_age_p50() = domain::ToProtoDuration(now - reads->half);
  *status->mutable_stock_age_p99() = domain::ToProtoDuration(now - reads->most);
}

void SetOpenWork(const OpenWork& work, absl::Time now,
                 v1::ConnectionStatus* status) {
  status->set_open_updates(work.open_updates);
  status->set_parked_updates(work.parked_updates);
  status->set_unknown_requests(work.unknown_requests);
  if (work.oldest_unknown.has_value()) {
    *status->mutable_oldest_unknown_age() =
        domain::ToProtoDuration(AgeOf(work.oldest_unknown, now));
  }
}

}  // namespace

absl::StatusOr<v1::ConnectionStatus> OperationsReader::StatusOf(
    const Connection& connection) const {
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  v1::ConnectionStatus status;
  status.set_connection(connection.id());
  status.set_state(connection.status.state());
  status.set_detail(DetailOf(connection.status));
  QANTARA_ASSIGN_OR_RETURN(domain::PauseState pause,
                           domain::PauseOf(*tables, connection.id()));
  status.set_pause_note(std::move(pause.note));
  const ImportSums sums = SumImports(*tables, connection.id());
  *status.mutable_items() = ToCounts([&sums](v1::ItemState state) {
    return static_cast<uint32_t>(sums.items[state]);
  });
  status.set_balance(sums.balance);
  QANTARA_ASSIGN_OR_RETURN(const OpenWork work,
                           ReadOpenWork(*tables, connection.id()));
  SetOpenWork(work, clock_.Now(), &status);
  const double rate = connection.status.requests_per_minute();
  status.set_requests_per_minute(
      rate > 0 ? rate : connection.settings().requests_per_minute);
  SetAges(connection.status, clock_.Now(), &status);
  return status;
}

absl::StatusOr<v1::GetStatusResponse> OperationsReader::GetStatus(
    const v1::GetStatusRequest& request) const {
  v1::GetStatusResponse response;
  if (!request.connection().empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        const Connection* connection,
        connections_.Find(request.connection(), "connection"));
    QANTARA_ASSIGN_OR_RETURN(*response.add_connections(),
                             StatusOf(*connection));
    return response;
  }
  for (Connection* connection : connections_.all()) {
    QANTARA_ASSIGN_OR_RETURN(*response.add_connections(),
                             StatusOf(*connection));
  }
  return response;
}

}  // namespace qantara::server
