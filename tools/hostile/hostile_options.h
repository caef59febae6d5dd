// What a hostile run is asked to do.
#ifndef TOOLS_HOSTILE_HOSTILE_OPTIONS_H_
#define TOOLS_HOSTILE_HOSTILE_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace qantara::tools {

struct HostileOptions {
  // All choices of clients, faults and kills come from it.
  uint64_t seed = 1;
  // SKUs that shall be created, and updates of some of them.
  size_t creates = 20'000;
  size_t updates = 5'000;
  // Imports at the same time, callers of CreateProduct and of UpdateProduct.
  size_t imports = 4;
  size_t create_callers = 8;
  size_t update_callers = 64;
  // Time from one SIGKILL of the server to the next.
  absl::Duration kill_after_min = absl::Seconds(5);
  absl::Duration kill_after_max = absl::Seconds(30);
  // Requests are applied later than the server is told to expect.
  bool beyond_bound = false;
  // The provider ignores `q[id_gt]`.
  bool id_filter_ignored = false;
  // Requests per minute, at most 6,000.
  int requests_per_minute = 6000;
  // The run is given up after so long.
  absl::Duration limit = absl::Minutes(30);
  // Directory with server/qantara_server, tools/qantara, tools/qantara_fsck and
  // tools/qoyod_simulator.
  std::string binaries = ".";
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_HOSTILE_OPTIONS_H_
