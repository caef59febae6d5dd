// An import under kills and lost answers, and whether it still came out right.
#ifndef TOOLS_CRASH_IMPORT_TRIAL_H_
#define TOOLS_CRASH_IMPORT_TRIAL_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "tests/process/support/catalog.h"
#include "tests/process/support/stage.h"

namespace qantara::tools {

struct TrialOptions {
  process::StageOptions stage;
  // A CSV file; `map` as the command line's --map, empty where the columns have
  // the fields' names.
  std::string file;
  std::string map;
  // How often the server is killed during the import.
  int kills = 0;
  // Picks the moments of the kills.
  uint32_t seed = 1;
  // Share of POSTs whose answer is lost after they were applied.
  double lost_answers = 0;
  // Further switches of the simulator, a JSON object; empty: none.
  std::string faults;
};

// What was seen.
struct TrialFigures {
  uint32_t lines = 0;
  uint32_t created = 0;
  uint32_t linked = 0;
  uint32_t unchanged = 0;
  uint32_t invalid = 0;
  int64_t requests = 0;
  int64_t posts = 0;
  int64_t answers_lost = 0;
  int kills = 0;
  // Of the restarts, those that found a request without recorded outcome.
  int kills_with_open_request = 0;
  // Of the kills, those that took the client too; it then begins anew.
  int client_kills = 0;
  double seconds = 0;
  // The first lines that are INVALID, each with its SKU, field and reason.
  std::vector<std::string> invalid_lines;
  // What should not be so; empty when all is well.
  std::vector<std::string> problems;
};

// One thread.
class ImportTrial {
 public:
  // Invalid lines that are remembered.
  static constexpr size_t kInvalidShown = 10;
  // Longest time for an import to finish after the last kill.
  static constexpr absl::Duration kFinishTimeout = absl::Minutes(20);

  // Reads the file and starts the programs; ends the program when that fails.
  explicit ImportTrial(TrialOptions options);

  // Imports the file, killing on the way, and compares what the simulator holds
  // with the file, the mapping with what the simulator holds, and the requests
  // with the rule that nothing unknown is sent twice without a read in between.
  TrialFigures Import();

  // Imports the same file again without kills and lost answers: no request may
  // write, and every valid line is UNCHANGED.
  TrialFigures ImportAgain();

  process::Stage& stage() { return stage_; }

 private:
  void StartClient();
  // Waits until so many imports were opened and takes the newest.
  void WaitForImport(size_t count);
  bool IsFinished();
  int64_t RequestsToPass(int index);
  void Kill(int index, TrialFigures& figures);
  void WaitForMoment(int index);
  void Finish(TrialFigures& figures);
  void ReadFigures(int64_t first_request, TrialFigures& figures);

  const TrialOptions options_;
  const std::vector<process::CatalogRow> rows_;
  std::mt19937 random_;
  process::Stage stage_;
  std::unique_ptr<process::Subprocess> client_;
  std::string import_id_;
};

// Prints the figures, a line each, and the problems.
void PrintFigures(const TrialFigures& figures, std::ostream& out);

}  // namespace qantara::tools

#endif  // TOOLS_CRASH_IMPORT_TRIAL_H_
