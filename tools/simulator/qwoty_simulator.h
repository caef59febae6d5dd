// A local Qwoty that behaves as the specification says and misbehaves on
// demand. Runs in its own process (tools/simulator/qwoty_main.cc) or inside a
// test.
#ifndef TOOLS_SIMULATOR_QWOTY_SIMULATOR_H_
#define TOOLS_SIMULATOR_QWOTY_SIMULATOR_H_

#include "tools/simulator/provider_simulator.h"

namespace qantara::simulator {

inline constexpr char kQwotyTestToken[] = "qwoty_test_token";

// Options with one workspace and this token.
SimulatorOptions QwotyOptions();

// Thread-safe after Start().
class QwotySimulator : public ProviderSimulator {
 public:
  QwotySimulator();
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_SIMULATOR_H_
