// What the parts of one simulated schedule share.
#ifndef QANTARA_TESTS_SIMULATION_STAGE_H_
#define QANTARA_TESTS_SIMULATION_STAGE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/simulation/agenda.h"
#include "tests/simulation/fake_qoyod.h"
#include "tests/simulation/memory_event_log.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/random.h"
#include "tests/simulation/report.h"
#include "tests/simulation/versioned_tables.h"
#include "tests/simulation/virtual_clock.h"
#include "tests/simulation/witness.h"

namespace qantara::simulation {

// Whether a process still runs. What it left behind asks before it acts.
struct Life {
  int number = 0;
  bool alive = true;
};

// Everything but the server's process. Not thread-safe.
struct Stage {
  Stage(Plan the_plan, bool tracing)
      : plan(std::move(the_plan)),
        random(plan.seed),
        report(clock, tracing),
        world(plan.habits, Random(plan.seed ^ 0x5bd1e995)),
        witness({absl::ToInt64Milliseconds(plan.bounds.request_timeout),
                 absl::ToInt64Milliseconds(plan.bounds.max_processing),
                 absl::ToInt64Milliseconds(plan.bounds.max_read_lag)},
                clock, world, tables, report),
        faults_left(plan.faults.at_most),
        crashes_left(plan.faults.crashes_at_most) {}

  // Whether a fault of `per_mille` happens now.
  bool Faulty(int per_mille) {
    if (faults_left == 0 || !random.Chance(per_mille)) return false;
    --faults_left;
    return true;
  }

  // Whether the process dies now, at a point of that rate; then it is dead.
  bool Dies(int per_mille, Life& life, const char* where) {
    if (crashes_left == 0 || !random.Chance(per_mille)) return false;
    --crashes_left;
    life.alive = false;
    report.Note("process ", life.number, " dies ", where);
    return true;
  }

  const Plan plan;
  VirtualClock clock;
  Random random;
  Report report;
  Agenda agenda;
  FakeQoyod world;
  MemoryEventLog log;
  VersionedTables tables;
  Witness witness;
  int faults_left;
  int crashes_left;
  // Writes that are still to land.
  int landing = 0;
  // Bodies of the writes that were prepared.
  std::vector<std::vector<v1::Product>> prepared;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_STAGE_H_
