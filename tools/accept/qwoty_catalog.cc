// Imports a real catalog to a Qwoty connection: plainly, again, and with lost
// answers.

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/process/support/stage.h"
#include "tools/simulator/json.h"

ABSL_FLAG(std::string, file, "", "CSV file to import");
ABSL_FLAG(std::string, map, "",
          "FIELD=COLUMN,... where the columns do not have the fields' names");
ABSL_FLAG(std::string, blank_price, "invalid", "as of `qantara import`");
ABSL_FLAG(int, expect, 0, "products that must come out; 0: not compared");
ABSL_FLAG(double, lost_answers, 0.05, "share of the answers that are lost");
ABSL_FLAG(int, requests_per_minute, 6000, "budget of the connection");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara and "
          "tools/qwoty_simulator");

namespace {

using qantara::process::CliResult;
using qantara::process::Stage;
using qantara::process::StageOptions;
using qantara::simulator::Json;
namespace v1 = qantara::v1;

constexpr absl::Duration kLongest = absl::Minutes(30);
// Exit code of an import of which some lines were not delivered.
constexpr int kProblems = 1;

class QwotyTrial {
 public:
  QwotyTrial() : stage_(Options()) {}

  // Imports the file and compares; `sends`: whether anything is to be created.
  bool Import(bool sends) {
    const int64_t before = Posts();
    std::vector<std::string> arguments = {"import", absl::GetFlag(FLAGS_file),
                                          "--blank_price",
                                          absl::GetFlag(FLAGS_blank_price)};
    if (const std::string map = absl::GetFlag(FLAGS_map); !map.empty()) {
      arguments.insert(arguments.end(), {"--map", map});
    }
    const CliResult result = stage_.RunCli(arguments, kLongest);
    const v1::Import import = stage_.api().Imports().at(0);
    const v1::ItemCounts& counts = import.counts();
    std::cout << counts.created() << " created, " << counts.unchanged()
              << " unchanged, " << counts.linked() << " linked, "
              << counts.invalid() << " invalid; " << Posts() - before
              << " creating requests\n";
    Check(result.exit_code == 0 || result.exit_code == kProblems,
          absl::StrCat("the import ended with ", result.exit_code, ": ",
                       result.err));
    const int64_t there = counts.created() + counts.linked() +
                          counts.unchanged() + counts.updated();
    Check(there + counts.invalid() == import.received_lines(),
          "a line was not delivered: " + import.ShortDebugString());
    const int expected = absl::GetFlag(FLAGS_expect);
    Check(expected == 0 || there == expected,
          absl::StrCat(there, " products instead of ", expected));
    if (!sends) Check(Posts() == before, "a second import created something");
    CheckRecords(import.import_id(), there);
    return problems_ == 0;
  }

  void LoseAnswers(double share) {
    stage_.simulator().SetFaults(
        absl::StrCat(R"({"lost_answer":{"rate":)", share,
                     R"(,"how":"close","methods":["POST"]}})"));
  }

 private:
  static StageOptions Options() {
    StageOptions options;
    options.qwoty = true;
    options.binaries = absl::GetFlag(FLAGS_binaries);
    options.requests_per_minute = absl::GetFlag(FLAGS_requests_per_minute);
    return options;
  }

  int64_t Posts() { return stage_.simulator().RequestCount("POST /products"); }

  void Check(bool good, const std::string& problem) {
    if (good) return;
    ++problems_;
    std::cout << "PROBLEM: " << problem << "\n";
  }

  static bool IsApiName(const std::string& name) {
    for (const char c : name) {
      if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_') {
        return false;
      }
    }
    return !name.empty();
  }

  // Each product is one record with a valid name of its own, and each item is
  // mapped to the record of its SKU.
  void CheckRecords(const std::string& import_id, int64_t count) {
    std::map<std::string, std::string> ids;
    std::set<std::string> names;
    for (const Json& record : stage_.simulator().Products()) {
      const std::string sku = record.Find("inventory")->TextAt("sku");
      const std::string name = record.TextAt("api_name");
      Check(ids.emplace(sku, record.TextAt("id")).second,
            absl::StrCat("SKU ", sku, " is there twice"));
      Check(IsApiName(name), absl::StrCat("api_name ", name));
      Check(names.insert(name).second, absl::StrCat(name, " is there twice"));
    }
    Check(static_cast<int64_t>(ids.size()) == count,
          absl::StrCat(ids.size(), " records for ", count, " products"));
    for (const v1::ImportItem& item : stage_.api().Items(import_id)) {
      if (item.remote_id().empty()) continue;
      Check(ids[item.sku()] == item.remote_id(),
            absl::StrCat("SKU ", item.sku(), " is mapped to ", item.remote_id(),
                         " instead of ", ids[item.sku()]));
    }
    std::cout << ids.size() << " records, " << names.size()
              << " distinct names\n";
  }

  Stage stage_;
  int problems_ = 0;
};

bool PlainImport() {
  QwotyTrial trial;
  std::cout << "== import\n";
  const bool first = trial.Import(/*sends=*/true);
  std::cout << "== the same file again\n";
  return trial.Import(/*sends=*/false) && first;
}

bool LossyImport() {
  QwotyTrial trial;
  trial.LoseAnswers(absl::GetFlag(FLAGS_lost_answers));
  std::cout << "== import with lost answers\n";
  return trial.Import(/*sends=*/true);
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("imports --file to a Qwoty connection");
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_file).empty()) {
    std::cerr << "qwoty_catalog: --file is required\n";
    return 2;
  }
  bool good = PlainImport();
  good = LossyImport() && good;
  std::cout << (good ? "good" : "BAD") << std::endl;
  return good ? 0 : 1;
}
