// How long a change takes to reach watchers.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_LATENCY_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_LATENCY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/load_shape.h"

namespace qantara::tools {

// In milliseconds, over all changes and watchers.
struct LatencyFigures {
  // From the moment when the commit was known to be durable.
  double commit_p50 = 0;
  double commit_p99 = 0;
  // From the moment when the write was handed over.
  double write_p50 = 0;
  double write_p99 = 0;
};

struct LatencyPlan {
  LoadShape shape;
  uint32_t per_commit = 1;
  double changes_per_second = 1000;
};

// Errors: those of the subject and the watches; kDeadlineExceeded when not
// everything arrives.
absl::StatusOr<LatencyFigures> MeasureLatency(WatchSubject& subject,
                                              const LatencyPlan& plan);

// Of deliveries of these commits. `watchers` is what each of them got. Not
// counted: the first second, in which the load begins, or half of a shorter
// run.
//
// Errors: kDataLoss when a watcher got something that was not written, or
// before it was written.
absl::StatusOr<LatencyFigures> LatencyOf(
    const std::vector<CommitTime>& commits,
    const std::vector<std::vector<Delivery>>& watchers);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_LATENCY_H_
