// What a watcher that stops reading does to the others and to the server.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/load_shape.h"

namespace qantara::tools {

struct StallPlan {
  // Watchers that read, and for how long.
  LoadShape shape;
  uint32_t per_commit = 10;
  double changes_per_second = 1000;
  // Watchers, each with a connection of its own, that read nothing meanwhile.
  int stalled = 0;
  // They want the latest value of each figure, not every change.
  bool latest = false;
};

struct StallFigures {
  // From commit to delivery, of those that read, in milliseconds.
  double others_p99 = 0;
  // Growth of the server's memory during the stall, in bytes.
  double growth = 0;
  // From reading again until all was there; 0: nobody stalled.
  double caught_up_seconds = 0;
  // Figures that a watcher of the latest got once each, behind `fell_behind`;
  // 0: it could hold everything without falling behind.
  size_t folded_figures = 0;
};

// Writes while they are stalled; then they read on, and must get every change
// once, or, behind `fell_behind`, every figure once with the number of the
// changes that it stands for.
//
// Errors: those of the subject and the watches; kDataLoss when that does not
// hold; kDeadlineExceeded.
absl::StatusOr<StallFigures> MeasureStall(WatchSubject& subject,
                                          const StallPlan& plan);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_
