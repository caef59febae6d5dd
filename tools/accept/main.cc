// Runs the acceptance lines about a real catalog: import, import again, kills,
// lost answers.

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
ABSL_FLAG(int, requests_per_minute, 600, "budget of the connection");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara and "
          "tools/qoyod_simulator");

namespace {

using qantara::tools::ImportTrial;
using qantara::tools::TrialFigures;
using qantara::tools::TrialOptions;

constexpr double kLostAnswers = 0.05;
constexpr double kOpenShare = 0.6;

TrialOptions Options() {
  TrialOptions options;
  options.file = absl::GetFlag(FLAGS_file);
  options.map = absl::GetFlag(FLAGS_map);
  options.seed = absl::GetFlag(FLAGS_seed);
  options.stage.binaries = absl::GetFlag(FLAGS_binaries);
  options.stage.requests_per_minute = absl::GetFlag(FLAGS_requests_per_minute);
  return options;
}

bool Show(const std::string& title, const TrialFigures& figures) {
  std::cout << "== " << title << "\n";
  qantara::tools::PrintFigures(figures, std::cout);
  return figures.problems.empty();
}

bool PlainImport() {
  ImportTrial trial(Options());
  const bool first = Show("2: import", trial.Import());
  return Show("3: the same file again", trial.ImportAgain()) && first;
}

bool KilledImport() {
  TrialOptions options = Options();
  options.kills = absl::GetFlag(FLAGS_kills);
  options.stage.simulator_flags = {"--latency_ms", "200"};
  ImportTrial trial(options);
  TrialFigures figures = trial.Import();
  if (figures.kills_with_open_request < kOpenShare * figures.kills) {
    figures.problems.push_back("too few kills found a request under way");
  }
  return Show("4: import under kills", figures);
}

bool LossyImport() {
  TrialOptions options = Options();
  options.lost_answers = kLostAnswers;
  ImportTrial trial(options);
  return Show("5: import with lost answers", trial.Import());
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("imports --file in four ways");
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_file).empty()) {
    std::cerr << "accept: --file is required\n";
    return 2;
  }
  bool good = PlainImport();
  good = KilledImport() && good;
  good = LossyImport() && good;
  std::cout << (good ? "good" : "BAD") << std::endl;
  return good ? 0 : 1;
}
