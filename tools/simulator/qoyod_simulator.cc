#include "tools/simulator/qoyod_simulator.h"

#include <memory>

#include "tools/simulator/qoyod_api.h"
#include "tools/simulator/qoyod_records.h"

namespace qantara::simulator {

QoyodSimulator::QoyodSimulator()
    : ProviderSimulator({SwitchOwner::kQoyod, "/2.0",
                         std::make_unique<QoyodApi>(),
                         std::make_unique<QoyodRecords>()}) {}

}  // namespace qantara::simulator
