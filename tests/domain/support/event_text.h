// Events written as text, for the `then` of a scenario.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_EVENT_TEXT_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_EVENT_TEXT_H_

#include <string>
#include <vector>

#include "domain/decision.h"

namespace qantara::domain {

// Fails the test unless `events` are those of `texts`, in order: texts of
// qantara.events.v1.Event, without the connection. Left out of the comparison:
// the payloads and digests of lines, and messages for people.
void ExpectEvents(const Events& events, const std::vector<std::string>& texts);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_EVENT_TEXT_H_
