// What the threads of a hostile run share.
#ifndef TOOLS_HOSTILE_RUN_STATE_H_
#define TOOLS_HOSTILE_RUN_STATE_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/process/support/api_client.h"
#include "tests/process/support/simulator_process.h"
#include "tools/hostile/findings.h"
#include "tools/hostile/hostile_options.h"
#include "tools/hostile/plan.h"

namespace qantara::tools {

// Names of the checks that clients make while the run goes on.
inline constexpr char kAcksKept[] = "no acknowledged line was lost";
inline constexpr char kCallsAnswered[] = "calls were answered as they must be";
inline constexpr char kResultsKept[] = "results told stayed true";
inline constexpr char kFinishedInTime[] = "everything finished";

struct RunState {
  RunState(const HostileOptions& given_options, const HostilePlan& given_plan,
           process::SimulatorProcess& given_simulator,
           const std::string& given_address)
      : options(given_options),
        plan(given_plan),
        simulator(given_simulator),
        address(given_address),
        deadline(absl::Now() + options.limit) {}

  const HostileOptions& options;
  const HostilePlan& plan;
  process::SimulatorProcess& simulator;
  // Of the server.
  const std::string address;
  const absl::Time deadline;
  Findings findings;
  // Clients that are not through.
  std::atomic<int> working{0};
  // What clients had to do again.
  std::atomic<int64_t> streams_opened{0};
  std::atomic<int64_t> calls_repeated{0};
  std::atomic<int64_t> creates_answered{0};
  std::atomic<int64_t> updates_accepted{0};
  // Because the product's SKU exists more than once.
  std::atomic<int64_t> updates_refused{0};

  // Whether it may exist twice in the end, and be refused for that.
  bool MayBeDouble(const PlannedProduct& product) const {
    return product.kind == ProductKind::kByHand || options.beyond_bound;
  }

  bool IsLate() const { return absl::Now() > deadline; }
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_RUN_STATE_H_
