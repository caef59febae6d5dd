// Reading requests of one actor, through the gate.
#ifndef QANTARA_SERVER_POLLER_GATED_READS_H_
#define QANTARA_SERVER_POLLER_GATED_READS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "domain/delivery/request_budget.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/delivery/actor.h"
#include "server/delivery/outbound_gate.h"

namespace qantara::server {

// When a request was sent: by the clock, and by what the tables showed.
struct Asked {
  int64_t at = 0;
  domain::Position position = 0;
};

// Which request: the lane that it waits in, and its name in metrics.
struct ReadKind {
  domain::Lane lane = domain::Lane::kPoll;
  const char* operation = "list";
};

// Every request is sent when the gate grants it, and not at all otherwise. Its
// answer is given to `done` on the actor's thread, unless the actor stopped.
class GatedReads {
 public:
  using Grant = domain::RequestBudget::Grant;
  template <typename Answer>
  using Done = std::function<void(const Asked&, const Answer&)>;

  struct Parts {
    OutboundGate& gate;
    domain::ProductGateway& gateway;
    const domain::TableStore& tables;
    const domain::Clock& clock;
  };

  // All must outlive the requests.
  GatedReads(const Parts& parts, Actor& actor) : parts_(parts), actor_(actor) {}

  Grant Get(ReadKind kind, const std::string& remote_id,
            Done<domain::RecordAnswer> done) {
    return Send<domain::RecordAnswer>(
        kind, std::move(done),
        [&](auto answered) { parts_.gateway.Get(remote_id, answered); });
  }

  // `query` makes the query once the request was granted.
  Grant List(ReadKind kind, const std::function<domain::ListQuery()>& query,
             Done<domain::PageAnswer> done) {
    return Send<domain::PageAnswer>(kind, std::move(done), [&](auto answered) {
      parts_.gateway.List(query(), answered);
    });
  }

  Grant ListLocations(ReadKind kind, Done<domain::LocationsAnswer> done) {
    return Send<domain::LocationsAnswer>(
        kind, std::move(done),
        [&](auto answered) { parts_.gateway.ListLocations(answered); });
  }

 private:
  template <typename Answer, typename Request>
  Grant Send(ReadKind kind, Done<Answer> done, const Request& request) {
    const Grant grant = parts_.gate.TryEnter(kind.lane);
    if (!grant.granted) return grant;
    const Asked asked{parts_.clock.BootMillis(), parts_.tables.position()};
    request([this, asked, operation = kind.operation,
             done = std::move(done)](Answer answer) {
      parts_.gate.Leave(operation, answer.report);
      actor_.Post(
          [asked, done, answer = std::move(answer)] { done(asked, answer); });
    });
    return grant;
  }

  const Parts parts_;
  Actor& actor_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_GATED_READS_H_
