// What the simulators' commands do with their flags.
#ifndef TOOLS_SIMULATOR_RUN_SIMULATOR_H_
#define TOOLS_SIMULATOR_RUN_SIMULATOR_H_

#include "tools/simulator/provider_simulator.h"

namespace qantara::simulator {

// Runs the simulator until SIGTERM or SIGINT and returns the exit code: 2 for
// flags that cannot be. `options` is what holds without flags, which must have
// been parsed.
int RunSimulator(SimulatorOptions options, ProviderSimulator& simulator);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_RUN_SIMULATOR_H_
