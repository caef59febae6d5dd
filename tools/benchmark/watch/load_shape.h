// What is the same in every measurement of watches.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_LOAD_SHAPE_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_LOAD_SHAPE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/watch_pool.h"
#include "tools/benchmark/watch/watch_subject.h"

namespace qantara::tools {

// Bounds a feed that is bound by time: more than any machine writes.
inline constexpr uint64_t kManyChanges = 100'000'000;

struct LoadShape {
  int watchers = 100;
  // Connections that they share, and threads that read them.
  int connections = 10;
  int threads = 2;
  // Figures that change, in turn.
  uint32_t figures = 1000;
  double seconds = 10;
};

// The watchers of that shape, from now on. Every figure was written before, so
// that later changes are alike.
//
// Errors: those of the subject and the watches.
absl::StatusOr<std::unique_ptr<WatchPool>> OpenWatchers(WatchSubject& subject,
                                                        const LoadShape& shape,
                                                        bool keep_deliveries);

// Writes each figure once.
absl::Status WriteFigures(WatchSubject& subject, uint32_t figures);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_LOAD_SHAPE_H_
