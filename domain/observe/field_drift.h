// What somebody changed at the provider in a mapped product.
#ifndef QANTARA_DOMAIN_OBSERVE_FIELD_DRIFT_H_
#define QANTARA_DOMAIN_OBSERVE_FIELD_DRIFT_H_

#include <vector>

#include "domain/ports/event_log.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Whether `record`, asked for when the tables showed `began`, can tell drift of
// the product: it is mapped to the record, nothing of it waits, is under way or
// unknown, it has not changed here since, and the record is not older than the
// one that the provider acknowledged.
bool CanTellDrift(const tables::v1::ProductRow& row,
                  const v1::RemoteProduct& record, Position began);

// The fields that `record` tells otherwise than the provider acknowledged them;
// see CompareWithRemote. What either does not tell is no drift.
std::vector<v1::FieldDrift> DriftOf(const tables::v1::ProductRow& row,
                                    const v1::RemoteProduct& record);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_FIELD_DRIFT_H_
