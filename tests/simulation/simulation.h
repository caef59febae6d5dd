// Runs one schedule: a server without threads and disks in a scripted world,
// on virtual time.
#ifndef QANTARA_TESTS_SIMULATION_SIMULATION_H_
#define QANTARA_TESTS_SIMULATION_SIMULATION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "domain/decision.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/core/command_bus.h"
#include "tests/simulation/client.h"
#include "tests/simulation/direct_writer.h"
#include "tests/simulation/simulated_process.h"
#include "tests/simulation/stage.h"

namespace qantara::simulation {

// A mistake that is built in to see that it is found.
enum class PlantedBug {
  kNone,
  // What is unknown is sent again at once.
  kNoReadBack,
  // An intent that a dead process left behind counts as not applied.
  kForgetsInterrupted,
  // The server is configured with a bound that the world does not keep.
  kNoProcessingTime,
  kNoReadLag,
};

struct SimulationOptions {
  PlantedBug bug = PlantedBug::kNone;
  bool tracing = false;
};

struct SimulationResult {
  std::vector<std::string> violations;
  std::vector<std::string> trace;
  // For the statistics of many schedules.
  WorldMillis duration = 0;
  size_t events = 0;
  size_t writes = 0;
  int processes = 0;
};

// Runs the schedule to its quiet end and checks it. A function of its
// arguments.
SimulationResult Simulate(Plan plan, const SimulationOptions& options);
inline SimulationResult Simulate(uint64_t number,
                                 const SimulationOptions& options = {}) {
  return Simulate(MakePlan(number), options);
}

// The parts of a run; used by Simulate only.
class Simulation {
 public:
  Simulation(Plan plan, const SimulationOptions& options);

  SimulationResult Run();

 private:
  bool BeginCommand();
  bool EndCommand();
  void RunOthers();
  void Tamper(domain::Events& events) const;
  void AddBefore();
  void AddIncidents();
  void Happen(const Incident& incident);
  void StartProcess();
  void Bury();
  bool IsToUnblock(const tables::v1::ImportRow& row) const;
  bool IsSettled() const;
  bool Advance();
  void RunUntilQuiet();
  void RunOn(int64_t millis);

  const SimulationOptions options_;
  Stage stage_;
  DirectWriter writer_;
  server::CommandBus bus_;
  Client client_;
  std::shared_ptr<Life> life_;
  std::unique_ptr<SimulatedProcess> process_;
  int processes_ = 0;
  int incidents_ = 0;
  bool among_others_ = false;
  // Steps within the same millisecond.
  int steps_ = 0;
  WorldMillis stepped_at_ = 0;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_SIMULATION_H_
