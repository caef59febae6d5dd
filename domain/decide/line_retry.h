// Decides a parked line again.
#ifndef QANTARA_DOMAIN_DECIDE_LINE_RETRY_H_
#define QANTARA_DOMAIN_DECIDE_LINE_RETRY_H_

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Returns how the parked `item` stands from now on: QUEUED, or UNCHANGED where
// the provider holds all of it, with the product that its keys lead to. A line
// with another SKU leaves its product, and takes the external id along where
// that product has no record and nothing of it is open. The payload is empty
// where the line is as it was.
//
// Errors, all kFailedPrecondition: SKU_DUPLICATE where its product has several
// records, one of which is to be chosen; DUPLICATE_POSSIBLE where a record may
// be there already and that is not accepted; the reason for which the line
// would be parked again at once. Also kDataLoss.
absl::StatusOr<events::v1::AcceptedLine> DecideLineAgain(
    const RetryParked& command, const tables::v1::ItemRow& item,
    const TableReader& state);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_LINE_RETRY_H_
