// What the answer to an updating request, or reading the product, means.
#ifndef QANTARA_DOMAIN_DELIVERY_UPDATE_OUTCOME_H_
#define QANTARA_DOMAIN_DELIVERY_UPDATE_OUTCOME_H_

#include <cstdint>

#include "domain/ports/product_gateway.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Returns the answer as an event, without the intent's position. A 200 does not
// prove an update: what the record does not hold is reported as a difference,
// and so is an `update_time` that has not moved since long before the request.
events::v1::UpdateAnswered ResolveUpdate(
    const events::v1::UpdateIntended& intent, const RecordAnswer& answer);

// Returns what reading the product says about an update whose outcome is
// unknown and that cannot land any more: it holds all values, or it is sent
// again; after kMaxFailures of `failures` in a row it is parked. `answer` must
// be confirmed.
events::v1::UpdateAnswered ResolveUpdateReading(
    const events::v1::UpdateIntended& intent, const RecordAnswer& answer,
    uint32_t failures);

// The event for a request that was under way when the server stopped.
events::v1::UpdateAnswered ResolveUpdateInterrupted(
    const events::v1::UpdateIntended& intent);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_UPDATE_OUTCOME_H_
