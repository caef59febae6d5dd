// The part of `tools/bench watch` about a watcher that stops reading.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/status_macros.h"
#include "tools/benchmark/machine.h"
#include "tools/benchmark/statistics.h"
#include "tools/benchmark/watch/stall.h"
#include "tools/benchmark/watch/watch_run.h"

namespace qantara::tools {
namespace {

constexpr double kMib = 1024 * 1024;
constexpr double kGrowthCeilingMib = 1;

// Rounds of one kind.
struct StallSeries {
  std::string name;
  int stalled = 0;
  bool latest = false;
  bool frozen = false;
  std::vector<StallFigures> rounds = {};

  // What the acceptance of a stall is about; of the others there are fewer
  // rounds.
  bool is_main() const { return stalled <= 1 && !frozen; }

  std::vector<double> Of(double StallFigures::*figure) const {
    std::vector<double> values;
    values.reserve(rounds.size());
    for (const StallFigures& round : rounds) values.push_back(round.*figure);
    return values;
  }
  std::vector<double> MibOf(double StallFigures::*figure) const {
    std::vector<double> values = Of(figure);
    for (double& value : values) value /= kMib;
    return values;
  }
};

absl::Status AddRound(const WatchRunPlan& plan, StallSeries* series,
                      WatchReport& report) {
  QANTARA_ASSIGN_OR_RETURN(const auto subject, StartQantara(plan.places));
  StallPlan stall;
  stall.shape = plan.shape;
  stall.shape.seconds = plan.stall.seconds;
  stall.per_commit = plan.stall.per_commit;
  stall.changes_per_second = plan.stall.rate;
  stall.warm_up = plan.stall.warm_up;
  stall.stalled = series->stalled;
  stall.latest = series->latest;
  stall.frozen = series->frozen;
  QANTARA_ASSIGN_OR_RETURN(const StallFigures figures,
                           MeasureStall(*subject, stall));
  series->rounds.push_back(figures);
  report.Note(absl::StrFormat(
      "%s: p99 %.3f ms at %.0f changes/s, server %+.2f MiB; load average %.2f",
      series->name, figures.others_p99, figures.changes_per_second,
      figures.growth / kMib, LoadAverage()));
  return absl::OkStatus();
}

void Show(const StallSeries& series, WatchReport& report) {
  report.Row(absl::StrCat(series.name, ", p99 of the others, ms"),
             SpreadOf(series.Of(&StallFigures::others_p99)), 3);
  report.Row(absl::StrCat(series.name, ", growth of the server, MiB"),
             SpreadOf(series.MibOf(&StallFigures::growth)), 2);
  if (series.stalled == 0) return;
  report.Row(absl::StrCat(series.name, ", growth once caught up, MiB"),
             SpreadOf(series.MibOf(&StallFigures::growth_after)), 2);
  report.Row(absl::StrCat(series.name, ", s until caught up"),
             SpreadOf(series.Of(&StallFigures::caught_up_seconds)), 3);
  uint64_t on_the_way = 0;
  size_t folded = series.rounds.front().folded_figures;
  for (const StallFigures& round : series.rounds) {
    on_the_way = std::max(on_the_way, round.on_the_way);
    folded = std::min(folded, round.folded_figures);
  }
  report.Note(absl::StrCat(series.name, ": held up behind at most ", on_the_way,
                           " changes"));
  if (series.frozen) {
    const auto lost =
        std::count_if(series.rounds.begin(), series.rounds.end(),
                      [](const auto& round) { return round.reconnected; });
    report.Note(absl::StrFormat(
        "%s: in %d of %d rounds its connection was given up, and it went on "
        "with its token",
        series.name, lost, series.rounds.size()));
  }
  if (!series.latest) return;
  report.Note(absl::StrCat(series.name, ": ", folded,
                           " figures told once each behind fell_behind"));
}

// Of rounds with stalled watchers against those without.
void Judge(const StallSeries& series, const StallSeries& none,
           WatchReport& report) {
  const Spread quiet = SpreadOf(none.Of(&StallFigures::others_p99));
  const std::vector<double> others = series.Of(&StallFigures::others_p99);
  const auto within =
      std::count_if(others.begin(), others.end(),
                    [&](double p99) { return p99 <= quiet.highest; });
  const double growth = (SpreadOf(series.MibOf(&StallFigures::growth)).median -
                         SpreadOf(none.MibOf(&StallFigures::growth)).median) /
                        series.stalled;
  report.Note(
      absl::StrFormat("%s: %.2f MiB of growth per stalled watcher, of medians",
                      series.name, growth));
  if (series.is_main()) {
    report.Note(absl::StrFormat("%s: p99 of %d of %d rounds within the spread",
                                series.name, within, others.size()));
    report.AtMost(
        absl::StrCat(series.name, ": p99 of the others, ms, within the spread"),
        SpreadOf(others).median, quiet.highest);
  }
  // A frozen one is cut off in the end: what it held is gone by then.
  if (!series.frozen) {
    report.AtMost(
        absl::StrCat(series.name, ": growth per stalled watcher, MiB"), growth,
        kGrowthCeilingMib);
  }
  const auto felt =
      std::count_if(series.rounds.begin(), series.rounds.end(),
                    [](const StallFigures& round) { return round.felt; });
  // Else nothing was measured.
  report.AtLeast(
      absl::StrCat(series.name, ": rounds in which the server was held up"),
      static_cast<double>(felt), static_cast<double>(series.rounds.size()));
}

}  // namespace

absl::Status RunStall(const WatchRunPlan& plan, WatchReport& report) {
  const int many = plan.stall.many;
  report.Title(absl::StrFormat(
      "stall: %d watchers read, %g changes/s for %g s; one more, or %d, read "
      "nothing meanwhile",
      plan.shape.watchers, plan.stall.rate, plan.stall.seconds, many));
  StallSeries none = {"nobody stalled"};
  std::vector<StallSeries> stalled = {
      {"one stalled, every change", 1, false},
      {"one stalled, latest", 1, true},
      {"one frozen, every change", 1, false, true},
      {absl::StrCat(many, " stalled, every change"), many, false},
      {absl::StrCat(many, " stalled, latest"), many, true}};
  for (uint32_t round = 0; round < plan.stall.rounds; ++round) {
    QANTARA_RETURN_IF_ERROR(AddRound(plan, &none, report));
    for (StallSeries& series : stalled) {
      if (!series.is_main() && round >= plan.stall.more_rounds) continue;
      QANTARA_RETURN_IF_ERROR(AddRound(plan, &series, report));
    }
  }
  Show(none, report);
  for (const StallSeries& series : stalled) {
    Show(series, report);
    Judge(series, none, report);
  }
  report.Note(
      "each stalled watcher then got every change once and in order, or the "
      "latest of each figure once");
  return absl::OkStatus();
}

}  // namespace qantara::tools
