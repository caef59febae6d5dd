// hostile: runs everything against a provider that misbehaves and a server that
// is killed, and says whether each product still arrived exactly once.

#include <iostream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tools/hostile/hostile_report.h"
#include "tools/hostile/hostile_run.h"

ABSL_FLAG(uint64_t, seed, 1, "all choices come from it");
ABSL_FLAG(uint64_t, creates, 20'000, "products to create");
ABSL_FLAG(uint64_t, updates, 5'000, "updates during the run");
ABSL_FLAG(uint64_t, imports, 4, "imports at the same time");
ABSL_FLAG(absl::Duration, kill_after_min, absl::Seconds(5),
          "shortest time to the next kill");
ABSL_FLAG(absl::Duration, kill_after_max, absl::Seconds(30),
          "longest time to the next kill");
ABSL_FLAG(bool, beyond_bound, false,
          "requests are applied later than the server is told to expect");
ABSL_FLAG(bool, id_filter_ignored, false, "the provider ignores q[id_gt]");
ABSL_FLAG(int, requests_per_minute, 6000, "budget of the connection");
ABSL_FLAG(absl::Duration, limit, absl::Minutes(30), "longest run");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara, "
          "tools/qantara_fsck and tools/qoyod_simulator");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("a hostile run; see tools/README.md");
  absl::ParseCommandLine(argc, argv);
  qantara::tools::HostileOptions options;
  options.seed = absl::GetFlag(FLAGS_seed);
  options.creates = absl::GetFlag(FLAGS_creates);
  options.updates = absl::GetFlag(FLAGS_updates);
  options.imports = absl::GetFlag(FLAGS_imports);
  options.kill_after_min = absl::GetFlag(FLAGS_kill_after_min);
  options.kill_after_max = absl::GetFlag(FLAGS_kill_after_max);
  options.beyond_bound = absl::GetFlag(FLAGS_beyond_bound);
  options.id_filter_ignored = absl::GetFlag(FLAGS_id_filter_ignored);
  options.requests_per_minute = absl::GetFlag(FLAGS_requests_per_minute);
  options.limit = absl::GetFlag(FLAGS_limit);
  options.binaries = absl::GetFlag(FLAGS_binaries);
  if (options.creates < 100 || options.imports == 0 ||
      options.kill_after_max < options.kill_after_min) {
    std::cerr << "hostile: at least 100 creates in one import, and "
                 "--kill_after_max not below --kill_after_min\n";
    return 2;
  }
  qantara::tools::HostileRun run(options);
  run.Play();
  const qantara::tools::HostileReport report = qantara::tools::MakeReport(run);
  qantara::tools::PrintReport(report, std::cout);
  return report.passed() ? 0 : 1;
}
