// How fast a watcher reads the whole history, and what a quiet one costs.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_REPLAY_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_REPLAY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/watch_subject.h"

namespace qantara::tools {

struct ReplayPlan {
  uint64_t changes = 1'000'000;
  uint32_t per_commit = 100;
  uint32_t figures = 1000;
  // Readings, one after the other.
  uint32_t rounds = 3;
};

// Changes per second of each reading, from before connecting to the last
// change.
//
// Errors: those of the subject and the watches; kDeadlineExceeded.
absl::StatusOr<std::vector<double>> MeasureReplay(WatchSubject& subject,
                                                  const ReplayPlan& plan);

struct IdlePlan {
  // Open before and meanwhile, so that what is needed once is not counted.
  int before = 50;
  int watchers = 500;
};

// Bytes of the server's memory per watcher that has a connection of its own
// and hears of nothing.
//
// Errors: those of the subject and the watches; kDataLoss when a watcher does
// not get a change that is written at the end.
absl::StatusOr<double> MeasureIdle(WatchSubject& subject, const IdlePlan& plan);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_REPLAY_H_
