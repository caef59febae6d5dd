// How the provider misbehaves in a hostile run.
#ifndef TOOLS_HOSTILE_PROVIDER_FAULTS_H_
#define TOOLS_HOSTILE_PROVIDER_FAULTS_H_

#include <string>

#include "tests/process/support/stage.h"
#include "tools/hostile/dice.h"
#include "tools/hostile/hostile_options.h"
#include "tools/hostile/plan.h"

namespace qantara::tools {

// What the server is told of the provider: an answer is waited for 1 s, it
// works 1 s longer, and its lists lag 2.5 s. The provider keeps to it unless
// the run goes beyond the bound.
process::StageOptions HostileStage(const HostileOptions& options);

// Switches of the simulator, a JSON object: 5 % of answers to writes lost after
// applying, 2 % answered 500 although applied, 2 % answered after the deadline,
// 1 % applied after our time-out, lists that lag by 0 to 2 s, refused items,
// items missing from a 200, and 100 ms of work for each request.
std::string HostileFaults(const HostileOptions& options,
                          const HostilePlan& plan);

// The next burst of 429, a JSON object of switches.
std::string ThrottleBurst(Dice& dice);

// Products that are there from the start: JSON lines for the simulator's
// --load.
std::string PresentProducts(const HostilePlan& plan);

// A record that somebody makes by hand, as JSON.
std::string StrangeRecord(const v1::Product& ours);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_PROVIDER_FAULTS_H_
