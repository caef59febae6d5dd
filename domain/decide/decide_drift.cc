// Drift: what somebody changed at the provider.
#include <utility>
#include <vector>

#include "domain/decide/decider.h"
#include "domain/observe/drift_reading.h"
#include "domain/status_macros.h"
#include "domain/streams.h"
#include "domain/timestamps.h"

namespace qantara::domain {

absl::StatusOr<Decided<NoReply>> Decide(const RecordDrift& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(std::vector<events::v1::ProductDrift> news,
                           DriftNewsOf(command, state));
  Decided<NoReply> decided;
  if (news.empty()) return decided;
  PendingEvent event{StockStream(command.connection)};
  auto& drifted = *event.event.mutable_products_drifted();
  drifted.set_connection(command.connection);
  *drifted.mutable_observe_time() = ToTimestamp(command.observe_time);
  for (events::v1::ProductDrift& drift : news) {
    *drifted.add_products() = std::move(drift);
  }
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
