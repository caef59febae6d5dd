#include "tools/benchmark/watch/watch_run.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/status_macros.h"
#include "tools/benchmark/statistics.h"
#include "tools/benchmark/watch/fan_out.h"
#include "tools/benchmark/watch/latency.h"

namespace qantara::tools {
namespace {

constexpr double kRatioFloor = 4;
constexpr double kWritesFloor = 5000;
constexpr double kLatencyCeilingMillis = 5;
constexpr double kReplayFloor = 500'000;
constexpr double kIdleCeilingKib = 35;
constexpr double kKib = 1024;
// etcd reads a history that it took much longer to write.
constexpr uint64_t kEtcdReplayMax = 100'000;
constexpr char kNoEtcd[] = "etcd is not there";

bool HasEtcd(const WatchRunPlan& plan) { return !plan.places.etcd.empty(); }

// One contestant's fan-out over the rounds.
struct FanOutSeries {
  std::vector<double> writes;
  std::vector<double> deliveries;
  std::vector<double> bytes;
  bool complete = true;

  void Add(const FanOutFigures& figures) {
    writes.push_back(figures.writes_per_second);
    deliveries.push_back(figures.deliveries_per_second);
    bytes.push_back(figures.bytes_per_change);
    complete = complete && figures.drained_seconds > 0;
  }
};

using StartSubject =
    absl::StatusOr<std::unique_ptr<WatchSubject>> (*)(const SubjectPlaces&);

absl::Status AddFanOut(const WatchRunPlan& plan, StartSubject start,
                       uint32_t per_commit, double rate, FanOutSeries* series) {
  QANTARA_ASSIGN_OR_RETURN(const auto subject, start(plan.places));
  FanOutPlan fan_out;
  fan_out.shape = plan.shape;
  fan_out.per_commit = per_commit;
  fan_out.changes_per_second = rate;
  fan_out.must_complete = start == &StartQantara;
  QANTARA_ASSIGN_OR_RETURN(const FanOutFigures figures,
                           MeasureFanOut(*subject, fan_out));
  series->Add(figures);
  return absl::OkStatus();
}

void Show(const FanOutSeries& series, const std::string& name,
          WatchReport& report) {
  if (series.writes.empty()) return;
  report.Row(absl::StrCat(name, ", deliveries/s"), SpreadOf(series.deliveries),
             0);
  report.Row(absl::StrCat(name, ", writes/s"), SpreadOf(series.writes), 0);
  report.Row(absl::StrCat(name, ", bytes per change"), SpreadOf(series.bytes),
             0);
  if (!series.complete) {
    report.Note(name +
                ": a watcher still lacked changes a minute after the last "
                "write");
  }
}

// Each of one round.
void ShowRatios(const FanOutSeries& page, const FanOutSeries& single,
                const FanOutSeries& put, const FanOutSeries& txn,
                WatchReport& report) {
  report.Row("ratio, a page of ours to Put",
             RatioOf(page.deliveries, put.deliveries), 2);
  report.Row("ratio, single changes of ours to Put",
             RatioOf(single.deliveries, put.deliveries), 2);
  report.Row("ratio, a page of ours to Txn",
             RatioOf(page.deliveries, txn.deliveries), 2);
  report.Note(
      "UNEQUAL BATCHES: the first ratio is judged, and owes much to commits of "
      "many changes; the other two have equal ones");
  report.Note(
      "a page and Txn are offered the same rate: where both keep up their "
      "ratio is 1, whatever more they could");
}

absl::Status AddLatency(const WatchRunPlan& plan, StartSubject start,
                        uint32_t per_commit,
                        std::vector<LatencyFigures>* rounds) {
  QANTARA_ASSIGN_OR_RETURN(const auto subject, start(plan.places));
  LatencyPlan latency;
  latency.shape = plan.shape;
  latency.per_commit = per_commit;
  latency.changes_per_second = plan.latency_rate;
  QANTARA_ASSIGN_OR_RETURN(const LatencyFigures figures,
                           MeasureLatency(*subject, latency));
  rounds->push_back(figures);
  return absl::OkStatus();
}

Spread Of(const std::vector<LatencyFigures>& rounds,
          double LatencyFigures::*figure) {
  std::vector<double> values;
  values.reserve(rounds.size());
  for (const LatencyFigures& round : rounds) values.push_back(round.*figure);
  return SpreadOf(std::move(values));
}

void Show(const std::vector<LatencyFigures>& rounds, const std::string& name,
          WatchReport& report) {
  if (rounds.empty()) return;
  report.Row(absl::StrCat(name, ", commit to delivery, p50"),
             Of(rounds, &LatencyFigures::commit_p50), 3);
  report.Row(absl::StrCat(name, ", commit to delivery, p99"),
             Of(rounds, &LatencyFigures::commit_p99), 3);
  report.Row(absl::StrCat(name, ", write to delivery, p50"),
             Of(rounds, &LatencyFigures::write_p50), 3);
  report.Row(absl::StrCat(name, ", write to delivery, p99"),
             Of(rounds, &LatencyFigures::write_p99), 3);
}

}  // namespace

absl::Status RunFanOut(const WatchRunPlan& plan, WatchReport& report) {
  report.Title(absl::StrFormat(
      "fan-out: %d watchers, while changes are written for %g s: ours %g/s, "
      "etcd by Put as fast as it answers 64 clients, by Txn as ours",
      plan.shape.watchers, plan.shape.seconds, plan.fan_out_rate));
  FanOutSeries page;
  FanOutSeries single;
  FanOutSeries put;
  FanOutSeries txn;
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    if (HasEtcd(plan)) {
      QANTARA_RETURN_IF_ERROR(AddFanOut(plan, &StartEtcd, 1, 0, &put));
    }
    QANTARA_RETURN_IF_ERROR(
        AddFanOut(plan, &StartQantara, plan.page, plan.fan_out_rate, &page));
    if (HasEtcd(plan)) {
      QANTARA_RETURN_IF_ERROR(
          AddFanOut(plan, &StartEtcd, plan.page, plan.fan_out_rate, &txn));
    }
    QANTARA_RETURN_IF_ERROR(
        AddFanOut(plan, &StartQantara, 1, plan.fan_out_rate, &single));
  }
  Show(page, absl::StrCat("qantara, ", plan.page, " changes per command"),
       report);
  Show(single, "qantara, 1 change per command", report);
  Show(put, "etcd, Put", report);
  Show(txn, absl::StrCat("etcd, Txn of ", plan.page), report);
  report.AtLeast("writes/s during fan-out", SpreadOf(page.writes).median,
                 kWritesFloor);
  const std::string floor_name =
      absl::StrCat("fan-out, deliveries/s of ours in commits of ", plan.page,
                   " to etcd's by single Put");
  if (!HasEtcd(plan)) {
    report.NotMeasured(floor_name, kNoEtcd);
    return absl::OkStatus();
  }
  ShowRatios(page, single, put, txn, report);
  report.AtLeast(floor_name, RatioOf(page.deliveries, put.deliveries).median,
                 kRatioFloor);
  return absl::OkStatus();
}

absl::Status RunLatency(const WatchRunPlan& plan, WatchReport& report) {
  report.Title(absl::StrFormat(
      "latency in ms: %d watchers, %g changes/s for %g s", plan.shape.watchers,
      plan.latency_rate, plan.shape.seconds));
  std::vector<LatencyFigures> ours;
  std::vector<LatencyFigures> single;
  std::vector<LatencyFigures> etcd;
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    QANTARA_RETURN_IF_ERROR(
        AddLatency(plan, &StartQantara, plan.latency_per_commit, &ours));
    if (HasEtcd(plan)) {
      QANTARA_RETURN_IF_ERROR(AddLatency(plan, &StartEtcd, 1, &etcd));
    }
    QANTARA_RETURN_IF_ERROR(AddLatency(plan, &StartQantara, 1, &single));
  }
  Show(ours, absl::StrCat("qantara, ", plan.latency_per_commit, " per command"),
       report);
  Show(single, "qantara, 1 per command", report);
  Show(etcd, "etcd, Put", report);
  report.AtMost(absl::StrCat("commit to delivery, p99, ms, ",
                             plan.latency_per_commit, " changes per command"),
                Of(ours, &LatencyFigures::commit_p99).median,
                kLatencyCeilingMillis);
  return absl::OkStatus();
}

absl::Status RunReplay(const WatchRunPlan& plan, WatchReport& report) {
  report.Title(absl::StrFormat(
      "replay: one watcher from position 0, %d changes in commits of %d",
      plan.replay.changes, plan.replay.per_commit));
  std::vector<double> ours;
  {
    QANTARA_ASSIGN_OR_RETURN(const auto subject, StartQantara(plan.places));
    QANTARA_ASSIGN_OR_RETURN(ours, MeasureReplay(*subject, plan.replay));
  }
  const Spread rates = SpreadOf(ours);
  report.Row("qantara, changes/s", rates, 0);
  if (HasEtcd(plan)) {
    QANTARA_ASSIGN_OR_RETURN(const auto subject, StartEtcd(plan.places));
    ReplayPlan replay = plan.replay;
    replay.changes = std::min(replay.changes, kEtcdReplayMax);
    QANTARA_ASSIGN_OR_RETURN(const auto etcd, MeasureReplay(*subject, replay));
    report.Row(absl::StrCat("etcd, Txn of ", replay.per_commit, ", ",
                            replay.changes, " changes, changes/s"),
               SpreadOf(etcd), 0);
  }
  report.AtLeast("replay, changes/s", rates.median, kReplayFloor);
  return absl::OkStatus();
}

absl::Status RunIdle(const WatchRunPlan& plan, WatchReport& report) {
  report.Title(absl::StrFormat(
      "idle: %d watchers more, each with a connection of its own",
      plan.idle.watchers));
  std::vector<double> ours;
  std::vector<double> etcd;
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    QANTARA_ASSIGN_OR_RETURN(const auto subject, StartQantara(plan.places));
    QANTARA_ASSIGN_OR_RETURN(const double bytes,
                             MeasureIdle(*subject, plan.idle));
    ours.push_back(bytes / kKib);
    if (!HasEtcd(plan)) continue;
    QANTARA_ASSIGN_OR_RETURN(const auto peer, StartEtcd(plan.places));
    QANTARA_ASSIGN_OR_RETURN(const double peer_bytes,
                             MeasureIdle(*peer, plan.idle));
    etcd.push_back(peer_bytes / kKib);
  }
  report.Row("qantara, KiB of resident memory each", SpreadOf(ours), 1);
  if (!etcd.empty()) {
    report.Row("etcd, KiB of resident memory each", SpreadOf(etcd), 1);
  }
  report.AtMost("idle watcher, KiB", SpreadOf(ours).median, kIdleCeilingKib);
  return absl::OkStatus();
}

}  // namespace qantara::tools
