#include "tools/simulator/qwoty_simulator.h"

#include <memory>

#include "tools/simulator/qwoty_api.h"
#include "tools/simulator/qwoty_records.h"

namespace qantara::simulator {

SimulatorOptions QwotyOptions() {
  SimulatorOptions options;
  options.companies.front().access_token = kQwotyTestToken;
  return options;
}

QwotySimulator::QwotySimulator()
    : ProviderSimulator({SwitchOwner::kQwoty, "/api",
                         std::make_unique<QwotyApi>(),
                         std::make_unique<QwotyRecords>()}) {}

}  // namespace qantara::simulator
