// The part of `tools/bench watch` about a watcher that stops reading.
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/status_macros.h"
#include "tools/benchmark/statistics.h"
#include "tools/benchmark/watch/stall.h"
#include "tools/benchmark/watch/watch_run.h"

namespace qantara::tools {
namespace {

constexpr double kMib = 1024 * 1024;
constexpr double kGrowthCeilingMib = 1;

// Rounds of one kind.
struct StallSeries {
  std::vector<double> p99;
  std::vector<double> growth;
  std::vector<double> caught_up;
  size_t folded_figures = 0;
};

absl::Status AddRound(const WatchRunPlan& plan, int stalled, bool latest,
                      StallSeries* series) {
  QANTARA_ASSIGN_OR_RETURN(const auto subject, StartQantara(plan.places));
  StallPlan stall;
  stall.shape = plan.shape;
  stall.shape.seconds = plan.stall_seconds;
  stall.per_commit = plan.latency_per_commit;
  stall.changes_per_second = plan.latency_rate;
  stall.stalled = stalled;
  stall.latest = latest;
  QANTARA_ASSIGN_OR_RETURN(const StallFigures figures,
                           MeasureStall(*subject, stall));
  series->p99.push_back(figures.others_p99);
  series->growth.push_back(figures.growth / kMib);
  series->caught_up.push_back(figures.caught_up_seconds);
  if (latest) series->folded_figures = figures.folded_figures;
  return absl::OkStatus();
}

void Show(const StallSeries& series, const std::string& name,
          WatchReport& report) {
  report.Row(absl::StrCat(name, ", p99 of the others, ms"),
             SpreadOf(series.p99), 3);
  report.Row(absl::StrCat(name, ", growth of the server, MiB"),
             SpreadOf(series.growth), 2);
  report.Row(absl::StrCat(name, ", s until caught up"),
             SpreadOf(series.caught_up), 3);
}

}  // namespace

absl::Status RunStall(const WatchRunPlan& plan, WatchReport& report) {
  report.Title(absl::StrFormat(
      "stall: %d watchers read, %g changes/s for %g s; one more, or %d, read "
      "nothing meanwhile",
      plan.shape.watchers, plan.latency_rate, plan.stall_seconds,
      plan.stalled_for_memory));
  StallSeries none;
  StallSeries one;
  StallSeries many;
  for (uint32_t round = 0; round < plan.stall_rounds; ++round) {
    // The stalled one wants every change and the latest by turns.
    const bool latest = round % 2 == 1;
    QANTARA_RETURN_IF_ERROR(AddRound(plan, 0, false, &none));
    QANTARA_RETURN_IF_ERROR(AddRound(plan, 1, latest, &one));
    QANTARA_RETURN_IF_ERROR(
        AddRound(plan, plan.stalled_for_memory, latest, &many));
  }
  Show(none, "nobody stalled", report);
  Show(one, "one stalled", report);
  Show(many, absl::StrCat(plan.stalled_for_memory, " stalled"), report);
  report.Note(
      "each stalled watcher then got every change once, or the latest of each "
      "figure once");
  report.Note(absl::StrCat("figures told once behind fell_behind: ",
                           one.folded_figures));
  report.AtMost("p99 of the others while one is stalled, ms, within the spread",
                SpreadOf(one.p99).median, SpreadOf(none.p99).highest);
  // Of one the noise of the whole server would be measured.
  report.AtMost("growth of the server per stalled watcher, MiB",
                (SpreadOf(many.growth).median - SpreadOf(none.growth).median) /
                    plan.stalled_for_memory,
                kGrowthCeilingMib);
  report.AtLeast("figures told once behind fell_behind",
                 static_cast<double>(one.folded_figures), 1);
  return absl::OkStatus();
}

}  // namespace qantara::tools
