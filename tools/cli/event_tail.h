// `events tail`: the events of the log, one a line.
#ifndef TOOLS_CLI_EVENT_TAIL_H_
#define TOOLS_CLI_EVENT_TAIL_H_

#include <string>

#include "qantara/v1/event_tail.pb.h"
#include "tools/cli/session.h"

namespace qantara::tools {

// Prints events until the end of the log, or with --follow until it is
// interrupted; then it goes on behind the last event when the server was away.
ExitCode TailEvents(Session& session);

// Position, time, stream, type and the beginning of the payload as JSON.
std::string EventLine(const v1::LoggedEvent& event);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_EVENT_TAIL_H_
