// A reading of many products' stock, compared with the tables.
//
// The writer decides by it, and whoever read asks it before on a snapshot, so
// that a reading without news costs the writer nothing.
#ifndef QANTARA_DOMAIN_OBSERVE_STOCK_READING_H_
#define QANTARA_DOMAIN_OBSERVE_STOCK_READING_H_

#include <vector>

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/stock_events.pb.h"

namespace qantara::domain {

// What a reading changes.
struct StockNews {
  // Without a location: all are as they were.
  events::v1::LocationsObserved locations;
  // Those that are not as they were, in the order of the reading.
  std::vector<events::v1::ProductStock> products;
};

// Compares the reading with the rows. Of a product that was read twice the last
// record counts; one that was read is not gone. Locations are named by the
// products that tell their stock.
//
// Errors: kDataLoss.
absl::StatusOr<StockNews> StockNewsOf(const RecordStock& command,
                                      const TableReader& state);

// Returns the command with only what would leave a trace if it were decided on
// `state`; without products and gone ids it would leave none. Deciding the rest
// on the same rows gives the same events.
//
// Errors: kDataLoss.
absl::StatusOr<RecordStock> KeepNews(RecordStock command,
                                     const TableReader& state);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_STOCK_READING_H_
