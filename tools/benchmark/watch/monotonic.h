// The clock that all processes of a measurement share.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_MONOTONIC_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_MONOTONIC_H_

#include <time.h>

#include <cstdint>

namespace qantara::tools {

// Nanoseconds since some moment before the machine's start; nobody sets it.
inline int64_t MonotonicNanos() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_MONOTONIC_H_
