// What the test of killed cuts and its children agree on.
#ifndef QANTARA_TESTS_SERVER_RETENTION_RETENTION_KILL_H_
#define QANTARA_TESTS_SERVER_RETENTION_RETENTION_KILL_H_

#include <string>

#include "absl/time/time.h"
#include "tests/server/retention/retention_world.h"

namespace qantara::server {

// The cutting processes begin so long after the one that fills.
inline constexpr absl::Duration kKillBegin = absl::Hours(3);
inline constexpr absl::Duration kKillRun = absl::Minutes(2);
inline constexpr int kKillProducts = 40;
// More than two batches of a cut.
inline constexpr int kKillChanges = 560;

inline RetentionWorld::Options KillOptions(const std::string& directory,
                                           absl::Duration since_begin) {
  RetentionWorld::Options options;
  options.directory = directory;
  options.pace.least_events = 10;
  options.pace.snapshot_rows = 15;
  options.since_begin = since_begin;
  return options;
}

inline void FillForKill(RetentionWorld& world) {
  world.Observe(1, kKillProducts, 0);
  for (int i = 1; i < kKillChanges; ++i) {
    world.Observe(1 + i % kKillProducts, 1, i);
  }
}

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_RETENTION_RETENTION_KILL_H_
