// What a watcher that stops reading does to the others and to the server.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/load_shape.h"

namespace qantara::tools {

struct StallPlan {
  // Watchers that read, and for how long changes go on.
  LoadShape shape;
  uint32_t per_commit = 10;
  double changes_per_second = 1000;
  // Changes that are written before anything is measured, so that what the
  // server buffers is full.
  uint64_t warm_up = 200'000;
  // Watchers, each with a connection of its own, that read nothing meanwhile.
  int stalled = 0;
  // They want the latest value of each figure, not every change.
  bool latest = false;
  // One only: its process is frozen, so that nothing is read from its socket,
  // and its window for messages is wide. Else it asks for no message, and its
  // connection goes on.
  bool frozen = false;
};

struct StallFigures {
  // From commit to delivery, of those that read, in milliseconds.
  double others_p99 = 0;
  // The rate that was kept.
  double changes_per_second = 0;
  // Growth of the server's memory, in bytes: to the end of the stall, and to
  // when all were caught up.
  double growth = 0;
  double growth_after = 0;
  // From reading again until all was there; 0: nobody stalled.
  double caught_up_seconds = 0;
  // Most changes that reached a stalled watcher before `fell_behind`: what was
  // on its way when the server could write no more. All of them where the
  // server could write on; see `felt`.
  uint64_t on_the_way = 0;
  // Whether the server told each stalled watcher that it fell behind, or gave
  // up its connection.
  bool felt = false;
  // Whether the connection was given up meanwhile, and the watch went on with
  // its token.
  bool reconnected = false;
  // Figures that a watcher of the latest got once each, behind `fell_behind`.
  size_t folded_figures = 0;
};

// Writes to a fresh server while they are stalled; then they read on, and must
// get every change once and in order, across a
// connection that was given up, or, behind `fell_behind`, every figure
// once with the number of the changes that it stands for.
//
// Errors: those of the subject and the watches; kDataLoss when that does not
// hold; kDeadlineExceeded.
absl::StatusOr<StallFigures> MeasureStall(WatchSubject& subject,
                                          const StallPlan& plan);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STALL_H_
