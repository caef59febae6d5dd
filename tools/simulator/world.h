// Everything that the simulator's endpoints share.
#ifndef TOOLS_SIMULATOR_WORLD_H_
#define TOOLS_SIMULATOR_WORLD_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/simulator/company.h"
#include "tools/simulator/fault_switches.h"
#include "tools/simulator/faults.h"
#include "tools/simulator/hold.h"
#include "tools/simulator/journal.h"
#include "tools/simulator/oauth.h"
#include "tools/simulator/waiter.h"

namespace qantara::simulator {

struct World {
  World(uint64_t seed, SwitchOwner the_provider)
      : provider(the_provider), faults(seed, the_provider), tokens(seed) {}

  // Null pointer when there is none; the first company for an empty name.
  Company* FindCompany(const std::string& name) const {
    for (const auto& company : companies) {
      if (name.empty() || company->name == name) return company.get();
    }
    return nullptr;
  }

  const SwitchOwner provider;
  // Not changed after the start.
  std::vector<std::unique_ptr<Company>> companies;
  FaultBook faults;
  TokenBook tokens;
  Journal journal;
  Hold hold;
  Waiter waiter;
  // Writes that are still to be applied although their client was left.
  std::atomic<int64_t> late_waiting{0};
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_WORLD_H_
