// An item on its way: what names it and what it wants the provider to hold.
#ifndef QANTARA_DOMAIN_DELIVERY_OUTBOUND_ITEM_H_
#define QANTARA_DOMAIN_DELIVERY_OUTBOUND_ITEM_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

struct OutboundItem {
  events::v1::ItemRef ref;
  v1::Product product;
  // Position of the refused request that it is suspected to have spoiled; 0:
  // none.
  uint64_t suspect_group = 0;
  // What its import wants to be done where the product exists already.
  v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
  // How often the provider failed on it.
  uint32_t failures = 0;
};

// Returns an outcome for `item` in `state`.
inline events::v1::ItemOutcome OutcomeOf(const OutboundItem& item,
                                         v1::ItemState state) {
  events::v1::ItemOutcome outcome;
  *outcome.mutable_item() = item.ref;
  outcome.set_state(state);
  return outcome;
}

// The same, with the record that the provider holds.
inline events::v1::ItemOutcome OutcomeOf(const OutboundItem& item,
                                         v1::ItemState state,
                                         const v1::RemoteProduct& remote) {
  events::v1::ItemOutcome outcome = OutcomeOf(item, state);
  *outcome.mutable_remote() = remote;
  *outcome.mutable_desired() = item.product;
  return outcome;
}

// The same, with one reason why the item does not go on.
inline events::v1::ItemOutcome OutcomeOf(const OutboundItem& item,
                                         v1::ItemState state,
                                         v1::ErrorReason reason,
                                         absl::string_view message) {
  events::v1::ItemOutcome outcome = OutcomeOf(item, state);
  outcome.set_reason(reason);
  v1::ItemProblem& problem = *outcome.add_problems();
  problem.set_reason(reason);
  problem.set_message(std::string(message));
  return outcome;
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_OUTBOUND_ITEM_H_
