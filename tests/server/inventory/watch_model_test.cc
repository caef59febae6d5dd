// The promises of a watch under random commits, stalls, reconnections, cuts of
// history and restarts.
#include <gtest/gtest.h>

#include <memory>

#include "tests/server/inventory/model/watch_run.h"

namespace qantara::server {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kRuns = 500;
#else
constexpr int kRuns = 1000;
#endif
// Runs that share a storage, and one of so many restarts it.
constexpr int kRunsPerWorld = 100;
constexpr int kRestartOneIn = 25;

// Sums up what runs with these seeds brought.
WatchRunResult RunMany(int runs, int token_error) {
  WatchRunResult sum;
  std::unique_ptr<WatchWorld> world;
  for (int run = 0; run < runs; ++run) {
    const int connection = run % kRunsPerWorld;
    if (connection == 0) {
      world = nullptr;
      world = std::make_unique<WatchWorld>(kRunsPerWorld);
    }
    WatchRunOptions options;
    options.connection = connection;
    options.seed = 1000 + run;
    options.restarts = run % kRestartOneIn == kRestartOneIn - 1;
    options.token_error = token_error;
    const WatchRunResult result = WatchRun(*world, options).Go();
    sum.violations.insert(sum.violations.end(), result.violations.begin(),
                          result.violations.end());
    sum.messages += result.messages;
    sum.resumptions += result.resumptions;
    sum.resyncs += result.resyncs;
    sum.cuts += result.cuts;
    if (token_error != 0 && !sum.violations.empty()) break;
  }
  return sum;
}

TEST(WatchModelTest, AllPromisesHold) {
  const WatchRunResult result = RunMany(kRuns, /*token_error=*/0);
  for (const std::string& violation : result.violations) {
    ADD_FAILURE() << violation;
  }
  RecordProperty("messages", static_cast<int>(result.messages));
  EXPECT_GT(result.messages, kRuns);
  EXPECT_GT(result.resumptions, kRuns);
  EXPECT_GT(result.resyncs, 0);
  EXPECT_GT(result.cuts, 0);
}

TEST(WatchModelTest, ATokenThatSkipsAnEventIsFound) {
  EXPECT_FALSE(RunMany(kRunsPerWorld, /*token_error=*/1).violations.empty());
}

TEST(WatchModelTest, ATokenThatRepeatsAnEventIsFound) {
  EXPECT_FALSE(RunMany(kRunsPerWorld, /*token_error=*/-1).violations.empty());
}

}  // namespace
}  // namespace qantara::server
