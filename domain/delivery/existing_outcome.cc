#include "domain/delivery/existing_outcome.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/product_fields.h"

namespace qantara::domain {

events::v1::ItemOutcome ResolveExisting(
    const OutboundItem& item, v1::ExistingPolicy policy,
    absl::Span<const v1::RemoteProduct> records) {
  const std::string ids = absl::StrJoin(
      records, ", ", [](std::string* out, const v1::RemoteProduct& record) {
        out->append(record.id());
      });
  if (records.size() > 1) {
    events::v1::ItemOutcome outcome =
        OutcomeOf(item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_DUPLICATE,
                  absl::StrCat("exists more than once, as ", ids));
    for (const v1::RemoteProduct& record : records) {
      outcome.add_duplicate_remote_ids(record.id());
    }
    return outcome;
  }
  switch (policy) {
    case v1::EXISTING_POLICY_PARK:
      return OutcomeOf(item, v1::ITEM_STATE_PARKED,
                       v1::ERROR_REASON_EXISTS_REMOTELY,
                       absl::StrCat("exists remotely as ", ids));
    case v1::EXISTING_POLICY_FAIL:
      return OutcomeOf(item, v1::ITEM_STATE_REJECTED,
                       v1::ERROR_REASON_EXISTS_REMOTELY,
                       absl::StrCat("exists remotely as ", ids));
    case v1::EXISTING_POLICY_UPDATE: {
      // Mapped now; what differs is sent when its turn comes again.
      events::v1::ItemOutcome outcome =
          OutcomeOf(item, v1::ITEM_STATE_QUEUED, records.front());
      *outcome.mutable_desired() = ProductOfRemote(records.front());
      return outcome;
    }
    default: {
      events::v1::ItemOutcome outcome =
          OutcomeOf(item, v1::ITEM_STATE_LINKED, records.front());
      *outcome.mutable_desired() = ProductOfRemote(records.front());
      return outcome;
    }
  }
}

}  // namespace qantara::domain
