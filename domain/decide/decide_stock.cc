// Stock and locations: what differs from the last observation. Sweeps: how far
// the catalog was read.
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "domain/decide/decider.h"
#include "domain/observe/seen_locations.h"
#include "domain/observe/stock_reading.h"
#include "domain/remote_id.h"
#include "domain/restored.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using tables::v1::ConnectionRow;

// The sweep's count, where it is one: a product that was being created during
// the sweep, or that the provider's lists did not show yet, may be in it or
// not.
std::optional<uint64_t> CountOf(const RecordSweep& sweep,
                                const ConnectionRow& row) {
  if (row.open_creates() > 0 || row.last_create_position() > sweep.began ||
      IsAboveRemoteId(row.highest_remote_id(), sweep.highest_remote_id)) {
    return std::nullopt;
  }
  return sweep.total;
}

bool IsSameCount(const ConnectionRow& row, uint64_t total) {
  return row.counted() &&
         row.other_records() + static_cast<int64_t>(row.created_records()) ==
             static_cast<int64_t>(total);
}

void AddLocations(events::v1::LocationsObserved observed, Events* events) {
  if (observed.locations().empty()) return;
  PendingEvent event{StockStream(observed.connection())};
  *event.event.mutable_locations_observed() = std::move(observed);
  events->push_back(std::move(event));
}

}  // namespace

absl::StatusOr<Decided<NoReply>> Decide(const RecordStock& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(StockNews news, StockNewsOf(command, state));
  Decided<NoReply> decided;
  // Before the figures, so that who reads them knows the names.
  AddLocations(std::move(news.locations), &decided.events);
  if (news.products.empty()) return decided;
  PendingEvent event{StockStream(command.connection)};
  auto& observed = *event.event.mutable_stock_observed();
  observed.set_connection(command.connection);
  *observed.mutable_observe_time() = ToTimestamp(command.observe_time);
  for (events::v1::ProductStock& product : news.products) {
    *observed.add_products() = std::move(product);
  }
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordLocations& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  const absl::flat_hash_set<absl::string_view> named(
      command.named_by_products.begin(), command.named_by_products.end());
  SeenLocations seen(state, command.connection);
  for (const RemoteLocation& location : command.locations) {
    QANTARA_RETURN_IF_ERROR(named.contains(location.id) ? seen.SeeFlag(location)
                                                        : seen.See(location));
  }
  Decided<NoReply> decided;
  AddLocations(seen.Changes(command.observe_time), &decided.events);
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordSweep& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(const std::optional<ConnectionRow> row,
                           FindRow<ConnectionRow>(state, Table::kConnections,
                                                  TextKey(command.connection)));
  Decided<NoReply> decided;
  const ConnectionRow known = row.value_or(ConnectionRow());
  const std::optional<uint64_t> total = CountOf(command, known);
  QANTARA_ASSIGN_OR_RETURN(const Position awaited,
                           AwaitedSweep(state, command.connection));
  // A part of the catalog has no position at which it began.
  const bool ends_waiting = awaited != 0 && command.began >= awaited;
  const bool same_id =
      known.swept() && known.swept_remote_id() == command.highest_remote_id;
  if (!ends_waiting && same_id &&
      (!total.has_value() || IsSameCount(known, *total))) {
    return decided;
  }
  PendingEvent event{StockStream(command.connection)};
  auto& swept = *event.event.mutable_catalog_swept();
  swept.set_connection(command.connection);
  swept.set_highest_remote_id(command.highest_remote_id);
  if (total.has_value()) swept.set_total(*total);
  if (ends_waiting) swept.set_began_position(command.began);
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
