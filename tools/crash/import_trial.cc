#include "tools/crash/import_trial.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/must.h"
#include "tests/process/support/wait_until.h"

namespace qantara::tools {
namespace {

using process::Must;
using process::WaitUntil;

// Longest time until something happens that must happen soon.
constexpr absl::Duration kPatience = absl::Seconds(60);
// After the request that a kill waits for, at most this passes: longer than the
// simulator's answer takes, so that some kills come between two requests.
constexpr int kMomentMillisMax = 300;
// Items that one creating request carries at most.
constexpr int64_t kLargestChunk = 100;
// Every so many kills the client goes too.
constexpr int kClientKillEvery = 3;

std::vector<process::CatalogRow> ReadRows(const TrialOptions& options) {
  return Must(process::FromCsv(process::ReadFile(options.file), options.map));
}

std::vector<std::string> InvalidLines(
    const std::vector<v1::ImportItem>& items) {
  std::vector<std::string> lines;
  for (const v1::ImportItem& item : items) {
    if (item.state() != v1::ITEM_STATE_INVALID) continue;
    if (lines.size() == ImportTrial::kInvalidShown) break;
    std::string line = absl::StrCat("line ", item.line(), ", sku ", item.sku());
    for (const v1::ItemProblem& problem : item.problems()) {
      absl::StrAppend(&line, ", ", problem.field(), ": ",
                      v1::ErrorReason_Name(problem.reason()), ", ",
                      problem.message());
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void Append(std::vector<std::string> more, std::vector<std::string>& problems) {
  problems.insert(problems.end(), more.begin(), more.end());
}

}  // namespace

ImportTrial::ImportTrial(TrialOptions options)
    : options_(std::move(options)),
      rows_(ReadRows(options_)),
      random_(options_.seed),
      stage_(options_.stage) {
  if (!options_.faults.empty()) stage_.simulator().SetFaults(options_.faults);
  if (options_.lost_answers <= 0) return;
  stage_.simulator().SetFaults(absl::StrFormat(
      R"({"lost_answer":{"rate":%f,"how":"close","methods":["POST"]}})",
      options_.lost_answers));
}

void ImportTrial::StartClient() {
  std::vector<std::string> arguments = {"import", options_.file, "--retry_for",
                                        "300"};
  if (!options_.map.empty()) {
    arguments.insert(arguments.end(), {"--map", options_.map});
  }
  client_ = stage_.StartCli(std::move(arguments));
}

void ImportTrial::WaitForImport(size_t count) {
  const bool opened = WaitUntil(kPatience, [&] {
    const auto imports = stage_.api().Imports();
    if (imports.size() < count) return false;
    import_id_ = imports[0].import_id();
    return true;
  });
  if (!opened) Must(absl::AbortedError("no import: " + client_->err()));
}

bool ImportTrial::IsFinished() {
  return stage_.api().Import(import_id_).state() == v1::IMPORT_STATE_FINISHED;
}

// Most creating requests that may pass before the kill, so that the later ones
// find some too.
int64_t ImportTrial::RequestsToPass(int index) {
  const auto state = stage_.simulator().Admin("GET", "state");
  const int64_t there = state.Find("products")->AsInteger().value_or(0);
  const int64_t left = static_cast<int64_t>(CountPriced(rows_)) - there;
  const int64_t kills_left = options_.kills - index;
  return std::max<int64_t>(1, 3 * left / kLargestChunk / 2 / (kills_left + 1));
}

void ImportTrial::WaitForMoment(int index) {
  if (index == 0) {  // While the lines come in.
    WaitUntil(kPatience, [&] {
      return stage_.api().Import(import_id_).received_lines() > 0;
    });
  } else {
    process::SimulatorProcess& simulator = stage_.simulator();
    const int64_t before = simulator.RequestsTotal();
    const int64_t wanted = std::uniform_int_distribution<int64_t>(
        1, RequestsToPass(index))(random_);
    WaitUntil(kPatience, [&] {
      return simulator.CountSince(before, "POST") >= wanted || IsFinished();
    });
  }
  absl::SleepFor(absl::Milliseconds(
      std::uniform_int_distribution<int>(0, kMomentMillisMax)(random_)));
}

void ImportTrial::Kill(int index, TrialFigures& figures) {
  const bool too_late = IsFinished();
  stage_.server().Kill();
  const bool client_too = index % kClientKillEvery == kClientKillEvery - 1;
  if (client_too) client_->Kill();
  Must(stage_.server().Start());
  if (client_too) StartClient();
  ++figures.kills;
  figures.client_kills += client_too ? 1 : 0;
  absl::StatusOr<double> found;
  WaitUntil(kPatience, [&] {
    found = stage_.server().Metric("qantara_intents_recovered_total");
    return found.ok();
  });
  if (Must(found) > 0) ++figures.kills_with_open_request;
  if (too_late) {
    figures.problems.push_back(
        absl::StrCat("kill ", index + 1, " came after the import's end"));
  }
}

void ImportTrial::Finish(TrialFigures& figures) {
  const absl::StatusOr<int> code = client_->Wait(kFinishTimeout);
  const bool invalid = CountPriced(rows_) < rows_.size();
  if (!code.ok() || *code != (invalid ? 1 : 0)) {
    figures.problems.push_back(
        absl::StrCat("the client ended with ",
                     code.ok() ? absl::StrCat(*code) : code.status().ToString(),
                     ": ", client_->err()));
  }
}

void ImportTrial::ReadFigures(int64_t first_request, TrialFigures& figures) {
  const v1::Import import = stage_.api().Import(import_id_);
  figures.lines = import.received_lines();
  figures.created = import.counts().created();
  figures.linked = import.counts().linked();
  figures.unchanged = import.counts().unchanged();
  figures.invalid = import.counts().invalid();
  figures.invalid_lines = InvalidLines(stage_.api().Items(import_id_));
  const auto journal = stage_.simulator().Journal(first_request);
  figures.requests = static_cast<int64_t>(journal.size());
  figures.posts = std::count_if(
      journal.begin(), journal.end(),
      [](const auto& entry) { return entry.TextAt("method") == "POST"; });
  figures.answers_lost = std::count_if(
      journal.begin(), journal.end(),
      [](const auto& entry) { return entry.TextAt("answer") == "lost"; });
  const auto records = stage_.simulator().Products();
  Append(process::CompareRecords(rows_, records), figures.problems);
  Append(process::CheckImport(stage_.api(), import.import_id(),
                              static_cast<uint32_t>(rows_.size()), records),
         figures.problems);
  Append(process::CheckJournal(journal), figures.problems);
}

TrialFigures ImportTrial::Import() {
  TrialFigures figures;
  const absl::Time begin = absl::Now();
  StartClient();
  WaitForImport(1);
  for (int index = 0; index < options_.kills; ++index) {
    WaitForMoment(index);
    Kill(index, figures);
  }
  Finish(figures);
  figures.seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  ReadFigures(0, figures);
  return figures;
}

TrialFigures ImportTrial::ImportAgain() {
  TrialFigures figures;
  const absl::Time begin = absl::Now();
  stage_.simulator().ClearFaults();
  const int64_t first_request = stage_.simulator().RequestsTotal();
  StartClient();
  WaitForImport(2);
  Finish(figures);
  figures.seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  ReadFigures(first_request, figures);
  if (figures.posts > 0 || figures.unchanged != CountPriced(rows_)) {
    figures.problems.push_back(
        "the same file again is not UNCHANGED without a POST");
  }
  return figures;
}

void PrintFigures(const TrialFigures& figures, std::ostream& out) {
  out << absl::StreamFormat(
      "lines %d, created %d, linked %d, unchanged %d, invalid %d\n"
      "requests %d, of them POST %d, answers lost %d, %.1f s\n",
      figures.lines, figures.created, figures.linked, figures.unchanged,
      figures.invalid, figures.requests, figures.posts, figures.answers_lost,
      figures.seconds);
  if (figures.kills > 0) {
    out << absl::StreamFormat(
        "kills %d, of them with the client %d; restarts that found a request "
        "without outcome %d\n",
        figures.kills, figures.client_kills, figures.kills_with_open_request);
  }
  for (const std::string& line : figures.invalid_lines) {
    out << "invalid: " << line << "\n";
  }
  for (const std::string& problem : figures.problems) {
    out << "PROBLEM: " << problem << "\n";
  }
  out.flush();
}

}  // namespace qantara::tools
