// A reading of many products' fields, compared with what was acknowledged.
#ifndef QANTARA_DOMAIN_OBSERVE_DRIFT_READING_H_
#define QANTARA_DOMAIN_OBSERVE_DRIFT_READING_H_

#include <vector>

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/stock_events.pb.h"

namespace qantara::domain {

// The products whose drift is not as it was, in the order of the reading. Of a
// product that was read twice the last record counts.
//
// Errors: kDataLoss.
absl::StatusOr<std::vector<events::v1::ProductDrift>> DriftNewsOf(
    const RecordDrift& command, const TableReader& state);

// Returns the command with only what would leave a trace if it were decided on
// `state`; without products it would leave none.
//
// Errors: kDataLoss.
absl::StatusOr<RecordDrift> KeepNews(RecordDrift command,
                                     const TableReader& state);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_DRIFT_READING_H_
