// A local Qoyod that behaves as the specification says and misbehaves on
// demand. Runs in its own process (tools/simulator/main.cc) or inside a test.
#ifndef TOOLS_SIMULATOR_QOYOD_SIMULATOR_H_
#define TOOLS_SIMULATOR_QOYOD_SIMULATOR_H_

#include "tools/simulator/provider_simulator.h"

namespace qantara::simulator {

// Thread-safe after Start().
class QoyodSimulator : public ProviderSimulator {
 public:
  QoyodSimulator();
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QOYOD_SIMULATOR_H_
