// The promises of a watch under random commits, stalls, reconnections, cuts of
// history, restarts, killed processes, and pages that shift while a sweep reads
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "tests/server/inventory/model/watch_run.h"

namespace qantara::server {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kRuns = 300;
#else
constexpr int kRuns = 1000;
#endif
// Runs that share a disk, and one of so many restarts its process, kills it, or
// reads a catalog.
constexpr int kRunsPerWorld = 100;
constexpr int kRestartOneIn = 25;
constexpr int kKillOneIn = 2;
constexpr int kSweepOneIn = 3;
constexpr int kTwoKillsOneIn = 8;
// Worlds at a time: a run waits most of its time for threads of its own.
constexpr int kWorldsAtOnce = 3;
// A planted bug is to be found within so many runs.
constexpr int kRunsToFind = 30;

struct Planted {
  int token_error = 0;
  bool keeps_writes_in_memory = false;
  bool believes_absence = false;
  bool missing_is_zero = false;
};

// Another seed gives other runs: QANTARA_MODEL_SEED.
uint64_t FirstSeed() {
  const char* text = std::getenv("QANTARA_MODEL_SEED");
  uint64_t seed = 0;
  return text != nullptr && absl::SimpleAtoi(text, &seed) ? seed : 1000;
}

WatchRunOptions OptionsOf(int run, const Planted& planted) {
  WatchRunOptions options;
  options.connection = run % kRunsPerWorld;
  options.seed = FirstSeed() + run;
  options.restarts = run % kRestartOneIn == kRestartOneIn - 1;
  options.kills = (run % kKillOneIn == 0) + (run % kTwoKillsOneIn == 0);
  options.sweeps = run % kSweepOneIn == 0;
  options.token_error = planted.token_error;
  options.believes_absence = planted.believes_absence;
  options.missing_is_zero = planted.missing_is_zero;
  // Where a bug shows only there.
  options.sweeps |= planted.believes_absence || planted.missing_is_zero;
  options.kills += planted.keeps_writes_in_memory ? 1 : 0;
  return options;
}

std::unique_ptr<WatchWorld> NewWorld(const Planted& planted) {
  return std::make_unique<WatchWorld>(
      WatchWorld::Options{kRunsPerWorld, planted.keeps_writes_in_memory});
}

// Runs from `first` on that share a disk.
WatchRunResult RunWorld(int first, const Planted& planted) {
  WatchRunResult sum;
  auto world = NewWorld(planted);
  for (int run = first; run < first + kRunsPerWorld; ++run) {
    const WatchRunResult result =
        WatchRun(*world, OptionsOf(run, planted)).Go();
    sum.Add(result);
    if (!sum.violations.empty()) return sum;
  }
  const std::string problem = world->Problem();
  if (!problem.empty()) sum.violations.push_back(problem);
  return sum;
}

// Sums up what all runs brought.
WatchRunResult RunAll() {
  WatchRunResult sum;
  std::mutex mutex;
  std::atomic<int> next{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kWorldsAtOnce; ++i) {
    threads.emplace_back([&] {
      for (int first = 0; (first = next.fetch_add(kRunsPerWorld)) < kRuns;) {
        const WatchRunResult result = RunWorld(first, Planted());
        const std::lock_guard lock(mutex);
        sum.Add(result);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return sum;
}

// Whether some run finds the bug.
bool IsFound(const Planted& planted) {
  auto world = NewWorld(planted);
  for (int run = 0; run < kRunsToFind; ++run) {
    const WatchRunResult result =
        WatchRun(*world, OptionsOf(run, planted)).Go();
    if (result.violations.empty()) continue;
    std::cout << "found by run " << run + 1 << ": " << result.violations.front()
              << std::endl;
    return true;
  }
  return false;
}

TEST(WatchModelTest, AllPromisesHold) {
  const WatchRunResult result = RunAll();
  for (const std::string& violation : result.violations) {
    ADD_FAILURE() << violation;
  }
  EXPECT_GT(result.messages, kRuns);
  EXPECT_GT(result.resumptions, kRuns);
  EXPECT_GT(result.resyncs, 0);
  EXPECT_GT(result.cuts, 0);
  EXPECT_GE(result.kills, kRuns / kKillOneIn);
  EXPECT_GT(result.kills_in_change, 0);
  EXPECT_GT(result.kills_in_start, 0);
  EXPECT_GT(result.cuts_finished, 0);
  EXPECT_GT(result.found, 0);
  EXPECT_GT(result.under_way, 0);
  EXPECT_GT(result.sweeps, kRuns / kSweepOneIn);
  EXPECT_GT(result.shifts, 0);
  std::cout << kRuns << " runs: messages " << result.messages
            << ", resumptions " << result.resumptions << ", resyncs "
            << result.resyncs << ", cuts " << result.cuts << ", kills "
            << result.kills << " (in a change " << result.kills_in_change
            << ", in a start " << result.kills_in_start
            << "), commands under way then " << result.under_way
            << ", events found then " << result.found << ", cuts finished "
            << result.cuts_finished << ", sweeps " << result.sweeps
            << ", products on two pages " << result.shifts << std::endl;
}

TEST(WatchModelTest, ATokenThatSkipsAnEventIsFound) {
  EXPECT_TRUE(IsFound({.token_error = 1}));
}

TEST(WatchModelTest, ATokenThatRepeatsAnEventIsFound) {
  EXPECT_TRUE(IsFound({.token_error = -1}));
}

TEST(WatchModelTest, ALogThatTellsBeforeItWritesIsFound) {
  EXPECT_TRUE(IsFound({.keeps_writes_in_memory = true}));
}

TEST(WatchModelTest, ASweepThatBelievesAbsenceIsFound) {
  EXPECT_TRUE(IsFound({.believes_absence = true}));
}

TEST(WatchModelTest, AMissingFigureThatIsZeroIsFound) {
  EXPECT_TRUE(IsFound({.missing_is_zero = true}));
}

}  // namespace
}  // namespace qantara::server
