// What must hold of the derived tables after every event.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_INVARIANTS_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_INVARIANTS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "qantara/events/v1/event.pb.h"
#include "tests/domain/support/memory_tables.h"

namespace qantara::domain {

// Returns a sentence for each rule that the rows of `connection` break:
//
// - items of an import are lines 1 to `received_lines`, and its counts are the
//   numbers of items in each state;
// - the outbox counts the items that wait, by accepting event;
// - an item in flight or unknown, and its product, name an open intent, which
//   counts its open items; nothing else does;
// - SKUs, external ids and remote ids point to the products that have them, and
//   to no others;
// - pending updates are the unsettled ones of a mapped product, in order, and
//   a product that can be updated stands in the queue once;
// - suspects know their group, and the group its suspects;
// - the indexes of what is parked list exactly that, with its reason;
// - request ids lead to what they asked for;
// - figures of stock stand only where stock is tracked, at known locations, and
//   who they belong to exists;
// - drift of a product differs from what the provider acknowledged.
std::vector<std::string> BrokenRules(const MemoryTables& tables,
                                     const std::string& connection);

// Returns a sentence for each intent that was written while its connection was
// paused.
std::vector<std::string> WritesWhilePaused(
    const std::string& connection,
    absl::Span<const events::v1::EventRecord> log);

// Returns a sentence for each product whose life cannot be read by walking back
// from its last event: an event that changed it is not on the way.
std::vector<std::string> BrokenChains(
    const MemoryTables& tables, const std::string& connection,
    absl::Span<const events::v1::EventRecord> log);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_INVARIANTS_H_
