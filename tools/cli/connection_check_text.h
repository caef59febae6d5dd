// What a check of a connection found, for people.
#ifndef TOOLS_CLI_CONNECTION_CHECK_TEXT_H_
#define TOOLS_CLI_CONNECTION_CHECK_TEXT_H_

#include <string>

#include "qantara/v1/connection_check.pb.h"
#include "tools/cli/exit_code.h"

namespace qantara::tools {

// A line per question, one for the filters and one for a clock that is wrong.
std::string CheckText(const v1::CheckConnectionResponse& found);

// kDone where everything is well, kCredentialsNeeded where the credential is
// refused, else kProblems.
ExitCode CheckCode(const v1::CheckConnectionResponse& found);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CONNECTION_CHECK_TEXT_H_
