// Kills the server at each failpoint and at each ordered pair of failpoints,
// and compares what came of it with an oracle outside the server.

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tools/crash/crash_world.h"
#include "tools/crash/kill_plan.h"

ABSL_FLAG(int, kills, 20, "how often each failpoint is killed at least");
ABSL_FLAG(bool, pairs, true, "whether each ordered pair is killed too");
ABSL_FLAG(double, minutes, 45, "no world is begun after this time");
ABSL_FLAG(int, workers, 2, "worlds at the same time");
ABSL_FLAG(int, kills_per_world, 30, "kills before the world is compared");
ABSL_FLAG(int, seed, 1, "picks the order, the passes and the lost answers");
ABSL_FLAG(std::string, results, "",
          "file of results; a later run with it goes on where this one ended");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server and tools/qoyod_simulator");

namespace qantara::tools {
namespace {

class Matrix {
 public:
  explicit Matrix(const KillPlan::Options& options)
      : plan_(options),
        end_(absl::Now() + absl::Minutes(absl::GetFlag(FLAGS_minutes))) {}

  // Worlds until all is done, or the time is over, or something is wrong.
  void Work(int worker) {
    for (int round = 0; absl::Now() < end_ && !bad(); ++round) {
      if (!RunWorld(absl::GetFlag(FLAGS_seed) + 1000 * round + worker)) return;
    }
  }

  bool bad() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return bad_;
  }

  bool Print() {
    const KillPlan::Figures figures = plan_.figures();
    const std::lock_guard<std::mutex> lock(mutex_);
    std::cout << "worlds " << worlds_ << ", kills " << figures.kills
              << ", of each failpoint at least " << figures.least << "\npairs "
              << figures.pairs << " of " << figures.pairs_wanted
              << ", that cannot follow each other " << figures.never.size()
              << "\n";
    for (const auto& [first, second] : figures.never) {
      std::cout << "never: " << first << " then " << second << "\n";
    }
    std::cout << (bad_           ? "BAD"
                  : figures.done ? "good"
                                 : "good so far; run it again to go on")
              << std::endl;
    return !bad_;
  }

 private:
  // Returns whether there was something to do.
  bool RunWorld(int seed) {
    std::string last;
    auto step = plan_.Next(last);
    if (!step.has_value()) return false;
    CrashWorld world({absl::GetFlag(FLAGS_binaries), seed});
    KillPlan::Outcome outcome;
    std::vector<std::string> history;
    for (int kill = 0; kill < absl::GetFlag(FLAGS_kills_per_world); ++kill) {
      if (step->leave_request) world.KillWhileSending();
      history.push_back(absl::StrCat(step->leave_request ? "(sending) " : "",
                                     step->failpoint, "@", step->pass));
      const CrashWorld::Fate fate = world.KillAt(step->failpoint, step->pass);
      if (fate == CrashWorld::Fate::kWrong) break;
      const KillPlan::Pair pair(last, step->failpoint);
      if (fate == CrashWorld::Fate::kKilled) {
        outcome.kills.push_back(step->failpoint);
        if (!last.empty()) outcome.pairs.push_back(pair);
        last = step->failpoint;
      } else {
        if (!last.empty()) outcome.missed.push_back(pair);
        last.clear();
      }
      step.reset();
      if (absl::Now() >= end_) break;
      step = plan_.Next(last);
      if (!step.has_value()) break;
      if (step->leave_request) last.clear();
    }
    // What was planned and not done is for another world.
    if (step.has_value()) plan_.GiveBack({last, step->failpoint});
    world.Finish();
    Report(world.problems(), outcome, history, seed);
    return true;
  }

  void Report(const std::vector<std::string>& problems,
              const KillPlan::Outcome& outcome,
              const std::vector<std::string>& history, int seed) {
    if (problems.empty()) plan_.Add(outcome);
    const std::lock_guard<std::mutex> lock(mutex_);
    ++worlds_;
    if (problems.empty()) {
      std::cout << "world " << seed << ": " << outcome.kills.size()
                << " kills, " << outcome.pairs.size() << " pairs, "
                << outcome.missed.size() << " not reached" << std::endl;
      return;
    }
    bad_ = true;
    std::cout << "PROBLEM in world " << seed << " after "
              << absl::StrJoin(history, ", ") << "\n";
    for (const std::string& problem : problems) {
      std::cout << "PROBLEM: " << problem << "\n";
    }
    std::cout.flush();
  }

  KillPlan plan_;
  const absl::Time end_;
  std::mutex mutex_;
  int worlds_ = 0;
  bool bad_ = false;
};

}  // namespace
}  // namespace qantara::tools

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "kills the server at every failpoint and every pair of failpoints");
  absl::ParseCommandLine(argc, argv);
  qantara::tools::KillPlan::Options options;
  options.failpoints = qantara::tools::FailpointsOfDelivery();
  options.kills = absl::GetFlag(FLAGS_kills);
  options.pairs = absl::GetFlag(FLAGS_pairs);
  options.file = absl::GetFlag(FLAGS_results);
  options.seed = static_cast<unsigned>(absl::GetFlag(FLAGS_seed));
  qantara::tools::Matrix matrix(options);
  std::vector<std::thread> workers;
  workers.reserve(absl::GetFlag(FLAGS_workers));
  for (int i = 0; i < absl::GetFlag(FLAGS_workers); ++i) {
    workers.emplace_back([&matrix, i] { matrix.Work(i); });
  }
  for (std::thread& worker : workers) worker.join();
  return matrix.Print() ? EXIT_SUCCESS : EXIT_FAILURE;
}
