#include "tests/simulation/simulated_process.h"

#include <algorithm>
#include <utility>

#include "tests/simulation/connection.h"

namespace qantara::simulation {
namespace {

// As the threads of the server do: a step is repeated after this time.
constexpr int64_t kLongestSleepMillis = 1000;

}  // namespace

SimulatedProcess::SimulatedProcess(Stage& stage,
                                   store::CommandSubmitter& writer,
                                   std::shared_ptr<Life> life,
                                   const server::DeliveryBounds& believed)
    : stage_(stage),
      life_(std::move(life)),
      bus_(writer),
      gate_({kConnection, stage.plan.requests_per_minute,
             stage.plan.max_in_flight},
            stage.clock, status_, metrics_),
      gateway_(stage, life_),
      worker_next_(stage.clock.now()),
      sweeper_next_(stage.clock.now()) {
  const domain::TableStore& tables = stage.tables;
  worker_ = std::make_unique<server::DeliveryWorker>(server::DeliveryContext{
      .connection = kConnection,
      .bounds = believed,
      .bus = bus_,
      .log = stage.log,
      .tables = tables,
      .clock = stage.clock,
      .gateway = gateway_,
      .gate = gate_,
      .index = index_,
      .metrics = metrics_,
      .request_sweep = [this] { sweeper_->Request(); },
      .post = nullptr,
      .needed_position = 0,
  });
  sweeper_ = std::make_unique<server::CatalogSweeper>(server::SweeperContext{
      .connection = kConnection,
      .interval = stage.plan.poll_interval,
      .bus = bus_,
      .tables = tables,
      .clock = stage.clock,
      .gateway = gateway_,
      .gate = gate_,
      .index = index_,
      .status = status_,
      .ended = [this] { worker_->Wake(); },
  });
}

WorldMillis SimulatedProcess::WorldTime(int64_t boot_millis) const {
  const int64_t longest = stage_.clock.BootMillis() + kLongestSleepMillis;
  return stage_.clock.now() +
         (std::min(boot_millis, longest) - stage_.clock.BootMillis());
}

bool SimulatedProcess::RunSomething() {
  const WorldMillis now = stage_.clock.now();
  const bool worker = worker_next_ <= now || worker_->IsAwakeForTest();
  const bool sweeper = sweeper_next_ <= now || sweeper_->IsAwakeForTest();
  if (!worker && !sweeper) return false;
  if (worker && (!sweeper || stage_.random.Chance(500))) {
    worker_next_ = WorldTime(worker_->RunOnceForTest());
  } else {
    sweeper_next_ = WorldTime(sweeper_->RunOnceForTest());
  }
  return true;
}

WorldMillis SimulatedProcess::next() const {
  if (worker_->IsAwakeForTest() || sweeper_->IsAwakeForTest()) {
    return stage_.clock.now();
  }
  return std::min(worker_next_, sweeper_next_);
}

}  // namespace qantara::simulation
