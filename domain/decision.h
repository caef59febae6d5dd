// What a decision is: events that follow from a command and the state.
#ifndef QANTARA_DOMAIN_DECISION_H_
#define QANTARA_DOMAIN_DECISION_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// An event that was decided and has no place in the log yet.
struct PendingEvent {
  std::string stream;
  events::v1::Event event = {};
  // What caused it: a request id or `position:N`.
  std::string causation = {};
  ExpectedRevision expected = ExpectedRevision::Any();
};

// What a decision may know besides the state. Time is a value, so that equal
// input gives equal events.
struct DecisionContext {
  absl::Time now;
  // Position that the first event of this decision will have.
  Position next_position = 0;
};

using Events = std::vector<PendingEvent>;

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECISION_H_
