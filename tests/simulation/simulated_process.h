// One life of the server: what is lost when it dies.
#ifndef QANTARA_TESTS_SIMULATION_SIMULATED_PROCESS_H_
#define QANTARA_TESTS_SIMULATION_SIMULATED_PROCESS_H_

#include <memory>

#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/delivery_worker.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/poller/catalog_sweeper.h"
#include "tests/simulation/scripted_gateway.h"
#include "tests/simulation/stage.h"

namespace qantara::simulation {

// The parts of the server that work on their own, without threads. Not
// thread-safe.
class SimulatedProcess {
 public:
  // References must outlive the process. `believed` are the bounds that the
  // server is configured with; the world keeps those of the plan.
  SimulatedProcess(Stage& stage, store::CommandSubmitter& writer,
                   std::shared_ptr<Life> life,
                   const server::DeliveryBounds& believed);

  // Runs one step of one part that wants to, if any does at this time.
  bool RunSomething();

  // Events were committed.
  void OnCommitted() { worker_->Wake(); }

  // Time at which a part wants to run next.
  WorldMillis next() const;

  const Life& life() const { return *life_; }

 private:
  // Counts nothing.
  class NoMetrics : public server::DeliveryMetrics {
   public:
    void CountRequest(const std::string&, absl::string_view, int) override {}
    void CountIntentsRecovered(const std::string&, int) override {}
    void SetUnknownItems(const std::string&, int) override {}
  };

  WorldMillis WorldTime(int64_t boot_millis) const;

  Stage& stage_;
  const std::shared_ptr<Life> life_;
  // Of this process: it remembers that nothing is taken any more.
  server::CommandBus bus_;
  NoMetrics metrics_;
  server::ConnectionStatus status_;
  server::OutboundGate gate_;
  server::RemoteIndex index_;
  ScriptedGateway gateway_;
  std::unique_ptr<server::DeliveryWorker> worker_;
  std::unique_ptr<server::CatalogSweeper> sweeper_;
  WorldMillis worker_next_;
  WorldMillis sweeper_next_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_SIMULATED_PROCESS_H_
