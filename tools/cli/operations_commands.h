// `status`, `parked`, `unknown` and `connection`.
#ifndef TOOLS_CLI_OPERATIONS_COMMANDS_H_
#define TOOLS_CLI_OPERATIONS_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints how each connection stands, or the one that is named. kProblems where
// something is not accounted for, kCredentialsNeeded where a credential is
// refused.
ExitCode ShowStatus(Session& session);

// Prints what is parked, its groups first, at most --limit entries.
ExitCode ListParked(Session& session);

// Sends one entry on its way again, with the fields that are given.
ExitCode RetryParked(Session& session);

// Gives one entry up; --note says why.
ExitCode DiscardParked(Session& session);

// Prints the requests whose outcome is not known, oldest first.
ExitCode ListUnknown(Session& session);

// Has the server ask the provider whether the connection works, and prints what
// it found; kProblems or kCredentialsNeeded where it does not.
ExitCode CheckConnection(Session& session);

// Stops outbound work, or lets it go on, and prints the connection's status.
ExitCode PauseConnection(Session& session);
ExitCode ResumeConnection(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_OPERATIONS_COMMANDS_H_
