// What happens to an answer after the request was applied.
#ifndef TOOLS_SIMULATOR_ANSWER_FAULTS_H_
#define TOOLS_SIMULATOR_ANSWER_FAULTS_H_

#include <cstdint>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// How long an answer that never comes keeps its connection open.
inline constexpr int64_t kWithheldMs = 120'000;

// Lets the switches change `reply` and the way it leaves: latency, lost, cut
// and stalled answers, wrong bodies.
void DressAnswer(ApiCall& call, HttpReply* reply);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ANSWER_FAULTS_H_
