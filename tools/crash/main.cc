// Kills the server again and again while it imports a catalog, and says whether
// every product still arrived exactly once.

#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "tools/crash/import_trial.h"

ABSL_FLAG(std::string, file, "", "CSV file to import");
ABSL_FLAG(std::string, map, "",
          "FIELD=COLUMN,... where the columns do not have the fields' names");
ABSL_FLAG(int, kills, 20, "how often the server is killed");
ABSL_FLAG(uint32_t, seed, 1, "picks the moments of the kills");
ABSL_FLAG(int, latency_ms, 200, "the simulator answers after so long");
ABSL_FLAG(double, lost_answers, 0,
          "share of POSTs whose answer is lost, 0 to 1");
ABSL_FLAG(std::string, faults, "",
          "further switches of the simulator, a JSON object");
ABSL_FLAG(int, requests_per_minute, 600, "budget of the connection");
ABSL_FLAG(double, open_share, 0.6,
          "least share of the kills that must find a request without outcome");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara and "
          "tools/qoyod_simulator");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("imports --file, killing the server meanwhile");
  absl::ParseCommandLine(argc, argv);
  qantara::tools::TrialOptions options;
  options.file = absl::GetFlag(FLAGS_file);
  options.map = absl::GetFlag(FLAGS_map);
  options.kills = absl::GetFlag(FLAGS_kills);
  options.seed = absl::GetFlag(FLAGS_seed);
  options.lost_answers = absl::GetFlag(FLAGS_lost_answers);
  options.faults = absl::GetFlag(FLAGS_faults);
  options.stage.binaries = absl::GetFlag(FLAGS_binaries);
  options.stage.requests_per_minute = absl::GetFlag(FLAGS_requests_per_minute);
  options.stage.simulator_flags = {
      "--latency_ms", absl::StrCat(absl::GetFlag(FLAGS_latency_ms))};
  if (options.file.empty() || options.kills < 0) {
    std::cerr << "crash_import: --file is required, --kills is not negative\n";
    return 2;
  }
  qantara::tools::ImportTrial trial(options);
  qantara::tools::TrialFigures figures = trial.Import();
  if (figures.kills_with_open_request <
      absl::GetFlag(FLAGS_open_share) * figures.kills) {
    figures.problems.push_back("too few kills found a request under way");
  }
  qantara::tools::PrintFigures(figures, std::cout);
  std::cout << "the same file again:\n";
  const qantara::tools::TrialFigures again = trial.ImportAgain();
  qantara::tools::PrintFigures(again, std::cout);
  const bool good = figures.problems.empty() && again.problems.empty();
  std::cout << (good ? "good" : "BAD") << std::endl;
  return good ? 0 : 1;
}
