// What the answer to a creating request means for each of its items.
#ifndef QANTARA_DOMAIN_DELIVERY_CREATE_OUTCOME_H_
#define QANTARA_DOMAIN_DELIVERY_CREATE_OUTCOME_H_

#include <vector>

#include "absl/types/span.h"
#include "domain/delivery/chunk_size.h"
#include "domain/delivery/outbound_item.h"
#include "domain/ports/product_gateway.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Returns the answer as an event, without connection and intent. Records are
// matched by MatchKeys, never by position: here SKU stands for any key.
//
// - Confirmed: found once is CREATED; twice PARKED as duplicate; a record whose
//   SKU nobody sent parks the items that it may belong to as altered; an item
//   that is missing is UNKNOWN.
// - Refused: what was applied is not known, so all are UNKNOWN until read back;
//   a single item is REJECTED with the provider's messages, unless they speak
//   of its key: then it is looked up.
// - Not applied: all are QUEUED again.
// - Unknown: all are UNKNOWN; an item without SKU can never be proven and is
//   PARKED.
//
// `pace` is the present one; the event carries the next chunk size. What
// becomes of an item that travelled alone says nothing about chunks.
events::v1::CreateAnswered ResolveCreate(absl::Span<const OutboundItem> items,
                                         const CreateAnswer& answer,
                                         const ChunkPace& pace);

// The same for a request that was under way when the server stopped.
events::v1::CreateAnswered ResolveInterrupted(
    absl::Span<const OutboundItem> items);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_CREATE_OUTCOME_H_
