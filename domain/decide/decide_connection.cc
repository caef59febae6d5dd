// A connection as a whole: pause, resume.
#include <utility>

#include "domain/decide/decider.h"
#include "domain/decide/paused.h"
#include "domain/status_macros.h"
#include "domain/streams.h"

namespace qantara::domain {

absl::StatusOr<Decided<NoReply>> Decide(const PauseConnection& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  Decided<NoReply> decided;
  QANTARA_ASSIGN_OR_RETURN(const bool paused,
                           IsPaused(state, command.connection));
  if (paused) return decided;
  PendingEvent event{ConnectionStream(command.connection)};
  auto& out = *event.event.mutable_connection_paused();
  out.set_connection(command.connection);
  out.set_note(command.note);
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const ResumeConnection& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  Decided<NoReply> decided;
  QANTARA_ASSIGN_OR_RETURN(const bool paused,
                           IsPaused(state, command.connection));
  if (!paused) return decided;
  PendingEvent event{ConnectionStream(command.connection)};
  auto& out = *event.event.mutable_connection_resumed();
  out.set_connection(command.connection);
  out.set_note(command.note);
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
