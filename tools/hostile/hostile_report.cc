#include "tools/hostile/hostile_report.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/process/support/must.h"
#include "tools/hostile/check_items.h"
#include "tools/hostile/check_records.h"
#include "tools/hostile/end_view.h"

namespace qantara::tools {
namespace {

using simulator::Json;

constexpr absl::Duration kFsckTimeout = absl::Minutes(5);
constexpr double kSettleShare = 0.05;
constexpr char kSettle[] = "settle";
// A smaller run may be spared by some faults, and its few readings are a large
// share.
constexpr size_t kWholeRunFrom = 2000;

HostileCheck FromFindings(HostileRun& run, const char* name,
                          std::string seen = "") {
  Findings::Found found = run.state().findings.Of(name);
  if (found.count > 0) {
    seen = absl::StrCat(found.count, " wrong", seen.empty() ? "" : "; ", seen);
  }
  return {name, found.count == 0, std::move(seen), std::move(found.first)};
}

HostileCheck CheckFsck(HostileRun& run) {
  process::ProgramCall call;
  call.program = run.state().options.binaries + "/tools/qantara_fsck";
  call.arguments = {"--data_dir", run.stage().server().data_directory(),
                    "--work_dir", run.stage().directory().path()};
  call.output = run.stage().directory().path() + "/fsck";
  const auto fsck = process::Must(process::Subprocess::Start(call));
  const int code = process::Must(fsck->Wait(kFsckTimeout));
  HostileCheck check = {
      "fsck is clean", code == 0, absl::StrCat("exit code ", code), {}};
  if (code != 0) check.problems = {fsck->out(), fsck->err()};
  return check;
}

// Only the settling of updates reads single records.
int64_t ReadsById(const EndView& view) {
  return std::count_if(
      view.journal.begin(), view.journal.end(), [](const Json& entry) {
        return entry.TextAt("method") == "GET" &&
               absl::StrContains(entry.TextAt("target"), "/products/");
      });
}

HostileCheck CheckSettling(HostileRun& run, const EndView& view) {
  const HostileOptions& options = run.state().options;
  const int64_t most = run.costs().AtMost(kSettle, run.requests_seen());
  const double share = static_cast<double>(most) /
                       static_cast<double>(options.creates + options.updates);
  HostileCheck check;
  check.name = "settling costs under 5 % of the items";
  check.seen = absl::StrFormat(
      "at most %d requests for %d creates and updates, %.2f %%; told %d, not "
      "attributed %d; of updates %d",
      most, options.creates + options.updates, 100 * share,
      run.costs().Of(kSettle), most - run.costs().Of(kSettle), ReadsById(view));
  const bool judged =
      options.creates >= kWholeRunFrom && !options.id_filter_ignored;
  if (!judged) absl::StrAppend(&check.seen, "; not judged");
  check.passed = share < kSettleShare || !judged;
  return check;
}

// A fault that never struck proves nothing.
HostileCheck CheckFaults(HostileRun& run) {
  HostileCheck check;
  check.name = "each fault struck";
  const Json& faults = run.faults();
  for (size_t i = 0; i < faults.keys().size(); ++i) {
    const std::string struck = faults.items()[i].TextAt("struck");
    absl::StrAppend(&check.seen, i == 0 ? "" : ", ", faults.keys()[i], " ",
                    struck);
    if (struck == "0" && run.state().options.creates >= kWholeRunFrom &&
        faults.keys()[i] != "throttle") {
      check.passed = false;
      check.problems.push_back(faults.keys()[i] + " never struck");
    }
  }
  return check;
}

HostileCheck CheckVerification(const EndView& view) {
  HostileCheck check;
  check.name = "VerifyImport answers";
  check.passed = view.verify_error.empty();
  if (!check.passed) check.problems.push_back(view.verify_error);
  check.seen = absl::StrCat(
      view.verified_duplicates.has_value() ? view.verified_duplicates->size()
                                           : 0,
      " duplicates named, ", view.verified_differences.size(),
      " other differences");
  return check;
}

std::string StatesText(const ItemFigures& items) {
  std::string text;
  for (const auto& [state, count] : items) {
    const std::string name = v1::ItemState_Name(state);
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    name.substr(std::string("ITEM_STATE_").size()), " ", count);
  }
  return text;
}

void AddFigures(HostileRun& run, const EndView& view, const ItemFigures& items,
                const RecordFigures& records, HostileReport& report) {
  const HostilePlan& plan = run.plan();
  RunState& state = run.state();
  auto add = [&](const char* name, std::string figure) {
    report.figures.emplace_back(name, std::move(figure));
  };
  add("seed", absl::StrCat(state.options.seed));
  add("duration",
      absl::StrFormat("%.1f s", absl::ToDoubleSeconds(run.duration())));
  add("products to create", absl::StrCat(plan.products.size()));
  add("items in imports", StatesText(items));
  add("CreateProduct calls answered",
      absl::StrCat(state.creates_answered.load(), " of ", plan.calls.size()));
  add("updates accepted",
      absl::StrCat(state.updates_accepted.load(), " of ", plan.updates.size(),
                   ", refused as double ", state.updates_refused.load()));
  add("records at the provider", absl::StrCat(records.records));
  add("made by hand",
      absl::StrCat(run.hand().made().size(), ", too late for it ",
                   run.hand().too_late(), ", doubled in the window ",
                   records.doubled_by_hand));
  add("doubled by lateness", absl::StrCat(records.doubled_by_lateness));
  add("kills", absl::StrCat(run.kills(), ", with open requests ",
                            run.kills_with_open_request()));
  add("bursts of 429", absl::StrCat(run.bursts()));
  add("streams opened", absl::StrCat(state.streams_opened.load()));
  add("calls repeated", absl::StrCat(state.calls_repeated.load()));
  std::string operations;
  for (const auto& [operation, count] : run.costs().by_operation()) {
    absl::StrAppend(&operations, operation, " ", count, ", ");
  }
  add("requests",
      absl::StrCat(operations, "seen by the provider ", view.journal.size()));
}

// What clients were promised and did not get.
void CheckCounts(HostileRun& run) {
  RunState& state = run.state();
  if (state.updates_accepted + state.updates_refused <
      static_cast<int64_t>(run.plan().updates.size())) {
    state.findings.Add(kFinishedInTime, "not every update was answered");
  }
  if (state.creates_answered < static_cast<int64_t>(run.plan().calls.size())) {
    state.findings.Add(kFinishedInTime, "not every call was answered");
  }
}

}  // namespace

bool HostileReport::passed() const {
  return std::all_of(checks.begin(), checks.end(),
                     [](const HostileCheck& check) { return check.passed; });
}

HostileReport MakeReport(HostileRun& run) {
  HostileReport report;
  const EndView view = ReadEndView(run);
  run.StopServer();
  const ItemFigures items = CheckItems(run, view);
  const RecordFigures records = CheckRecords(run, view);
  CheckCounts(run);
  AddFigures(run, view, items, records, report);
  for (const char* name :
       {kFinishedInTime, kImportsFinished, kNoneLost, kOnce, kMapped, kValues,
        kRefusedNamed, kStatesSum, kStatesRight, kAcksKept, kResultsKept,
        kCallsAnswered, kNoBlindRepeat}) {
    report.checks.push_back(FromFindings(run, name));
  }
  report.checks.push_back(FromFindings(
      run, kDuplicatesTold,
      absl::StrCat(records.doubled_by_hand + records.doubled_by_lateness,
                   " duplicates; told by the server itself ",
                   records.told_by_server, ", by VerifyImport ",
                   records.told_by_verification)));
  report.checks.push_back(CheckVerification(view));
  report.checks.push_back(CheckSettling(run, view));
  report.checks.push_back(CheckFaults(run));
  report.checks.push_back(CheckFsck(run));
  return report;
}

void PrintReport(const HostileReport& report, std::ostream& out) {
  for (const auto& [name, figure] : report.figures) {
    out << absl::StreamFormat("%-30s %s\n", name, figure);
  }
  for (const HostileCheck& check : report.checks) {
    out << absl::StreamFormat("%s  %s%s%s\n", check.passed ? "PASS" : "FAIL",
                              check.name, check.seen.empty() ? "" : ": ",
                              check.seen);
    for (const std::string& problem : check.problems) {
      out << "      " << problem << "\n";
    }
  }
  out << (report.passed() ? "good" : "BAD") << std::endl;
}

}  // namespace qantara::tools
