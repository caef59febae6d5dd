// What the figures depend on: load, disk.
#ifndef QANTARA_TOOLS_BENCHMARK_MACHINE_H_
#define QANTARA_TOOLS_BENCHMARK_MACHINE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace qantara::tools {

// Load average above which figures are not to be trusted.
inline constexpr double kQuietLoad = 0.3;

// Average number of runnable threads over the last minute.
double LoadAverage();

int CpuCount();

// Whether the directory lives in memory, where a sync costs nothing.
bool IsInMemory(const std::string& directory);

// Median time of a 4 KiB append with fdatasync in this directory.
//
// Errors: kInternal.
absl::StatusOr<absl::Duration> SyncTime(const std::string& directory);

// A loopback port on which nothing listens.
//
// Errors: kInternal.
absl::StatusOr<int> ClosedPort();

// Says in lines what the figures depend on, with a warning where the machine is
// busy.
//
// Errors: kInternal; kFailedPrecondition when it is busy and `strict`.
absl::StatusOr<std::string> DescribeMachine(const std::string& directory,
                                            bool strict);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_MACHINE_H_
