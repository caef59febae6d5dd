// What reading back means for the items of an unsettled creating request.
#ifndef QANTARA_DOMAIN_DELIVERY_SETTLE_OUTCOME_H_
#define QANTARA_DOMAIN_DELIVERY_SETTLE_OUTCOME_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "domain/delivery/outbound_item.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// One reading: what the provider showed about the items.
struct Reading {
  // Rows with the SKUs asked for, or all rows above the watermark.
  std::vector<v1::RemoteProduct> records;
  // The last reading that the rules ask for: what it does not show is absent.
  bool is_last = false;
};

// Returns what `reading` settles; nothing for an item that needs another one.
//
// Records are matched by MatchKeys. Found once: CREATED; by the import's policy
// where the record is older than the intent, or the request was for it alone
// and was refused. Found more than once: PARKED as duplicate with all ids.
// Equal only after normalisation: PARKED as altered, never absent. Absent in
// the last reading: QUEUED again, or PARKED when the provider failed on it
// kMaxFailures times; after a refusal QUEUED as a suspect, or, alone, REJECTED.
std::vector<events::v1::ItemOutcome> ResolveReading(
    uint64_t intent_position, const tables::v1::IntentRow& intent,
    absl::Span<const OutboundItem> items, const Reading& reading);

// Whether an item that is absent after such an answer was failed on by the
// provider; a process that stopped is none of its failures.
bool CountsAsFailure(events::v1::Answer answer);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_SETTLE_OUTCOME_H_
