// What is said of requests that write, and of what came of them.
#ifndef TOOLS_CLI_TOLD_REQUESTS_H_
#define TOOLS_CLI_TOLD_REQUESTS_H_

#include "qantara/v1/explain.pb.h"
#include "tools/cli/told_step.h"

namespace qantara::tools {

// A request that may leave, for one product, and how it ended.
Told TellRequest(const v1::CreatePlanned& planned);
Told TellRequest(const v1::CreateOutcome& outcome);

// What reading showed of a request, or that none was needed.
Told TellRequest(const v1::ItemSettled& settled);

Told TellRequest(const v1::UpdatePlanned& planned);
Told TellRequest(const v1::UpdateOutcome& outcome);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_TOLD_REQUESTS_H_
