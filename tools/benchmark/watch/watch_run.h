// What `tools/bench watch` measures, part by part.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_RUN_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/benchmark/watch/load_shape.h"
#include "tools/benchmark/watch/replay.h"
#include "tools/benchmark/watch/watch_report.h"
#include "tools/benchmark/watch/watch_subject.h"

namespace qantara::tools {

struct StallRunPlan {
  uint32_t rounds = 5;
  double seconds = 60;
  // Changes per second and per commit meanwhile, and changes before anything is
  // measured.
  double rate = 1000;
  uint32_t per_commit = 10;
  uint64_t warm_up = 200'000;
  // Watchers that stall at once where the noise of memory is shared.
  int many = 50;
  // Rounds of those, and with one whose process is frozen.
  uint32_t more_rounds = 2;
};

struct WatchRunPlan {
  SubjectPlaces places;
  uint32_t rounds = 3;
  LoadShape shape;
  // Changes per commit where the poller's page is meant, and in the measurement
  // of latency.
  uint32_t page = 100;
  uint32_t latency_per_commit = 10;
  double fan_out_rate = 20000;
  double latency_rate = 1000;
  ReplayPlan replay;
  IdlePlan idle;
  StallRunPlan stall;
};

// Each measures with fresh servers, in turn, prints rows and adds floors.
// Errors: those of the measurements.
absl::Status RunFanOut(const WatchRunPlan& plan, WatchReport& report);
absl::Status RunLatency(const WatchRunPlan& plan, WatchReport& report);
absl::Status RunReplay(const WatchRunPlan& plan, WatchReport& report);
absl::Status RunIdle(const WatchRunPlan& plan, WatchReport& report);
absl::Status RunStall(const WatchRunPlan& plan, WatchReport& report);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_RUN_H_
