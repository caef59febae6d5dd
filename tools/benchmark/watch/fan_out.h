// Deliveries to many watchers while changes are written.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_FAN_OUT_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_FAN_OUT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/load_shape.h"

namespace qantara::tools {

struct FanOutPlan {
  LoadShape shape;
  uint32_t per_commit = 1;
  // 0: as fast as answers come.
  double changes_per_second = 0;
  // Whether watchers must get everything; if not, they are given up a minute
  // after the last write.
  bool must_complete = true;
};

struct FanOutFigures {
  // While writes went on.
  double writes_per_second = 0;
  double deliveries_per_second = 0;
  // From the first write to the last delivery; 0: not everything arrived.
  double drained_seconds = 0;
  double bytes_per_change = 0;
};

// Errors: those of the subject and the watches; kDataLoss when a watcher got
// another number of changes than were written; kDeadlineExceeded where it must
// complete and did not.
absl::StatusOr<FanOutFigures> MeasureFanOut(WatchSubject& subject,
                                            const FanOutPlan& plan);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_FAN_OUT_H_
