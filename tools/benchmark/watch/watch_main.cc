// `tools/bench watch`: watches of stock beside etcd's, in one run. Exit code 0,
// 1 when a measurement failed or a floor is missed, 2 for usage.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "tools/benchmark/machine.h"
#include "tools/benchmark/watch/watch_run.h"

ABSL_FLAG(std::string, subject, "", "The program qantara_subject. Required.");
ABSL_FLAG(std::string, etcd, "", "The program etcd; empty: not measured.");
ABSL_FLAG(std::string, work_dir, "",
          "Directory for the databases, on a real disk; default: $TMPDIR, or "
          "/var/tmp.");
ABSL_FLAG(std::vector<std::string>, parts,
          (std::vector<std::string>{"fanout", "latency", "replay", "idle",
                                    "stall"}),
          "What to measure.");
ABSL_FLAG(uint32_t, rounds, 3, "Rounds; each measures everything once.");
ABSL_FLAG(double, seconds, 10, "Length of a measurement of fan-out, latency.");
ABSL_FLAG(uint32_t, watchers, 100, "Watchers.");
ABSL_FLAG(uint32_t, connections, 10, "Connections that they share.");
ABSL_FLAG(uint32_t, reader_threads, 2, "Threads that read for them.");
ABSL_FLAG(double, fanout_rate, 20000, "Changes per second that are offered.");
ABSL_FLAG(uint32_t, latency_per_command, 10,
          "Changes per command where latency is judged.");
ABSL_FLAG(uint64_t, replay_changes, 1'000'000, "Changes to read again.");
ABSL_FLAG(uint32_t, idle_watchers, 500, "Watchers that hear of nothing.");
ABSL_FLAG(uint32_t, stall_rounds, 5, "Rounds with and without a stall.");
ABSL_FLAG(double, stall_seconds, 60, "How long a stalled watcher stalls.");
ABSL_FLAG(double, stall, 0,
          "Measure only a stall of so many seconds; 0: what --parts says.");
ABSL_FLAG(bool, strict, false, "Refuse to measure on a machine that is busy.");
ABSL_FLAG(bool, smoke, false,
          "A few hundred changes, to see that it measures; nothing is judged.");

namespace {

namespace qt = qantara::tools;

constexpr uint32_t kMaxRounds = 1000;
constexpr uint32_t kMaxWatchers = 5000;
// Open files besides one per watcher.
constexpr rlim_t kOtherFiles = 200;

struct Part {
  const char* name;
  absl::Status (*run)(const qt::WatchRunPlan& plan, qt::WatchReport& report);
};
constexpr Part kParts[] = {{"fanout", &qt::RunFanOut},
                           {"latency", &qt::RunLatency},
                           {"replay", &qt::RunReplay},
                           {"idle", &qt::RunIdle},
                           {"stall", &qt::RunStall}};

std::string WorkDir() {
  std::string named = absl::GetFlag(FLAGS_work_dir);
  if (!named.empty()) return named;
  const char* const standard = std::getenv("TMPDIR");
  return standard != nullptr ? standard : "/var/tmp";
}

void MakeSmall(qt::WatchRunPlan* plan) {
  plan->rounds = 1;
  plan->shape = {.watchers = 5,
                 .connections = 2,
                 .threads = 1,
                 .figures = 100,
                 .seconds = 0.2};
  plan->fan_out_rate = 2000;
  plan->replay = {
      .changes = 500, .per_commit = 100, .figures = 100, .rounds = 1};
  plan->idle = {.before = 1, .watchers = 5};
  // Enough that a watcher falls behind.
  plan->stall = {.rounds = 1,
                 .seconds = 1,
                 .rate = 10'000,
                 .per_commit = 5,
                 .warm_up = 0,
                 .many = 4,
                 .more_rounds = 1};
}

qt::WatchRunPlan Plan() {
  qt::WatchRunPlan plan;
  plan.places = {absl::GetFlag(FLAGS_subject), absl::GetFlag(FLAGS_etcd),
                 WorkDir()};
  plan.rounds = absl::GetFlag(FLAGS_rounds);
  plan.shape.watchers = static_cast<int>(absl::GetFlag(FLAGS_watchers));
  plan.shape.connections = static_cast<int>(absl::GetFlag(FLAGS_connections));
  plan.shape.threads = static_cast<int>(absl::GetFlag(FLAGS_reader_threads));
  plan.shape.seconds = absl::GetFlag(FLAGS_seconds);
  plan.fan_out_rate = absl::GetFlag(FLAGS_fanout_rate);
  plan.latency_per_commit = absl::GetFlag(FLAGS_latency_per_command);
  plan.replay.changes = absl::GetFlag(FLAGS_replay_changes);
  plan.replay.rounds = plan.rounds;
  plan.idle.watchers = static_cast<int>(absl::GetFlag(FLAGS_idle_watchers));
  plan.stall.rounds = absl::GetFlag(FLAGS_stall_rounds);
  plan.stall.seconds = absl::GetFlag(FLAGS_stall_seconds);
  plan.stall.per_commit = plan.latency_per_commit;
  if (absl::GetFlag(FLAGS_smoke)) MakeSmall(&plan);
  if (absl::GetFlag(FLAGS_stall) > 0) {
    plan.stall.seconds = absl::GetFlag(FLAGS_stall);
  }
  return plan;
}

std::vector<std::string> Parts() {
  if (absl::GetFlag(FLAGS_stall) > 0) return {"stall"};
  return absl::GetFlag(FLAGS_parts);
}

bool InRange(uint32_t value, uint32_t highest) {
  return value >= 1 && value <= highest;
}

bool IsUsable(const qt::WatchRunPlan& plan) {
  const std::vector<std::string> parts = Parts();
  const bool known =
      std::all_of(parts.begin(), parts.end(), [](const std::string& name) {
        return std::any_of(std::begin(kParts), std::end(kParts),
                           [&](const Part& part) { return name == part.name; });
      });
  return known && !plan.places.qantara.empty() &&
         InRange(plan.rounds, kMaxRounds) &&
         InRange(plan.stall.rounds, kMaxRounds) &&
         InRange(absl::GetFlag(FLAGS_watchers), kMaxWatchers) &&
         InRange(absl::GetFlag(FLAGS_idle_watchers), kMaxWatchers) &&
         InRange(absl::GetFlag(FLAGS_connections), kMaxWatchers) &&
         InRange(absl::GetFlag(FLAGS_reader_threads), kMaxRounds) &&
         InRange(plan.latency_per_commit, plan.shape.figures) &&
         plan.shape.seconds > 0 && plan.stall.seconds > 0 &&
         plan.fan_out_rate > 0 && plan.replay.changes > 0;
}

// Each watcher may have a connection; children inherit the limit.
absl::Status AllowFiles(const qt::WatchRunPlan& plan) {
  const rlim_t wanted =
      static_cast<rlim_t>(plan.idle.before + plan.idle.watchers) + kOtherFiles;
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return absl::OkStatus();
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  if (limit.rlim_cur < wanted || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("so many watchers need ", wanted, " open files"));
  }
  return absl::OkStatus();
}

absl::Status DescribeRun(const qt::WatchRunPlan& plan) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::string machine,
      qt::DescribeMachine(plan.places.work_dir, absl::GetFlag(FLAGS_strict)));
  std::printf(
      "watch: %u rounds, each contestant once per round, in turn, with a fresh "
      "server; median (lowest to highest)\n"
      "%s"
      "durability: both sync every commit before they answer and before they "
      "tell a watcher\n"
      "qantara: commands as the poller's go to the server's writer inside its "
      "process\n"
      "etcd: %s; one member, its defaults, writes over one connection\n"
      "load: watchers over %d connections and %d threads of one process, which "
      "counts changes without decoding them\n",
      plan.rounds, machine.c_str(),
      plan.places.etcd.empty() ? "NOT THERE, not measured"
                               : plan.places.etcd.c_str(),
      plan.shape.connections, plan.shape.threads);
  std::fflush(stdout);
  return absl::OkStatus();
}

// Returns whether all floors are met.
absl::StatusOr<bool> Run(const qt::WatchRunPlan& plan) {
  QANTARA_RETURN_IF_ERROR(AllowFiles(plan));
  QANTARA_RETURN_IF_ERROR(DescribeRun(plan));
  qt::WatchReport report;
  const std::vector<std::string> parts = Parts();
  for (const Part& part : kParts) {
    if (std::find(parts.begin(), parts.end(), part.name) == parts.end()) {
      continue;
    }
    QANTARA_RETURN_IF_ERROR(part.run(plan, report));
  }
  if (absl::GetFlag(FLAGS_smoke)) {
    std::printf("\na tiny run: nothing is judged\n");
    return true;
  }
  return report.Judge();
}

}  // namespace

int main(int argc, char** argv) {
  const auto rest = absl::ParseCommandLine(argc, argv);
  const qt::WatchRunPlan plan = Plan();
  if (rest.size() > 1 || !IsUsable(plan)) {
    std::fprintf(stderr,
                 "usage: --subject=FILE [--etcd=FILE] [--parts=fanout,latency,"
                 "replay,idle,stall] [--stall=SECONDS] [--rounds=1..%u] "
                 "[--watchers=1..%u]\n",
                 kMaxRounds, kMaxWatchers);
    return 2;
  }
  const auto met = Run(plan);
  if (!met.ok()) {
    std::fprintf(stderr, "%s\n", std::string(met.status().message()).c_str());
    return 1;
  }
  return *met ? 0 : 1;
}
