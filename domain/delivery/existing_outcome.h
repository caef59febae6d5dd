// What a SKU that exists remotely means for an item that would create it.
#ifndef QANTARA_DOMAIN_DELIVERY_EXISTING_OUTCOME_H_
#define QANTARA_DOMAIN_DELIVERY_EXISTING_OUTCOME_H_

#include "absl/types/span.h"
#include "domain/delivery/outbound_item.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Returns the outcome by the import's policy; `records` are all records with
// the item's SKU, at least one. More than one parks the item whatever the
// policy. A linked product is to hold what its record holds: nothing of the
// line was sent.
events::v1::ItemOutcome ResolveExisting(
    const OutboundItem& item, v1::ExistingPolicy policy,
    absl::Span<const v1::RemoteProduct> records);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_EXISTING_OUTCOME_H_
