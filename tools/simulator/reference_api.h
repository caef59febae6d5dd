// Categories, taxes, units, tax reasons, accounts and locations over HTTP.
#ifndef TOOLS_SIMULATOR_REFERENCE_API_H_
#define TOOLS_SIMULATOR_REFERENCE_API_H_

#include <string>
#include <vector>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// True for the path segments that AnswerReference serves.
bool IsReferenceResource(const std::string& resource);

// Answers `call`, whose path has these segments; the first is a reference
// resource. Locks the company.
HttpReply AnswerReference(ApiCall& call,
                          const std::vector<std::string>& segments);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_REFERENCE_API_H_
