#include "tools/benchmark/watch/stall.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/latency.h"
#include "tools/benchmark/watch/latest_check.h"
#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;
constexpr absl::Duration kCatchUpTimeout = absl::Minutes(2);
constexpr absl::Duration kLookInterval = absl::Milliseconds(5);
// What comes twice comes soon.
constexpr absl::Duration kLateCopies = absl::Milliseconds(200);

absl::StatusOr<std::unique_ptr<WatchPool>> OpenStalled(WatchSubject& subject,
                                                       const StallPlan& plan) {
  WatchPool::Options options;
  options.address = subject.address();
  QANTARA_ASSIGN_OR_RETURN(options.dialect,
                           subject.Dialect({std::nullopt, plan.latest}));
  options.watchers = plan.stalled;
  options.connections = plan.stalled;
  options.reads_ahead = false;
  options.keep_messages = plan.latest;
  QANTARA_ASSIGN_OR_RETURN(auto pool, WatchPool::Open(options));
  pool->Pause();
  return pool;
}

double SecondsSince(int64_t nanos) {
  return static_cast<double>(MonotonicNanos() - nanos) / kNanos;
}

absl::Status CatchUpWithEvery(WatchPool& pool, uint64_t changes,
                              StallFigures* figures) {
  const int64_t resumed = MonotonicNanos();
  pool.Resume();
  QANTARA_RETURN_IF_ERROR(pool.Await(changes, kCatchUpTimeout));
  figures->caught_up_seconds = SecondsSince(resumed);
  absl::SleepFor(kLateCopies);
  if (pool.most() == changes) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("a stalled watcher got ", pool.most(),
                                          " changes, ", changes,
                                          " were written"));
}

// Returns what the watcher that was told of fewest changes was told of.
absl::StatusOr<uint64_t> TakeMessages(WatchPool& pool,
                                      std::vector<LatestCheck>& checks) {
  uint64_t fewest = kManyChanges;
  for (int i = 0; i < pool.size(); ++i) {
    LatestCheck& check = checks[static_cast<size_t>(i)];
    QANTARA_RETURN_IF_ERROR(check.Take(pool.TakeMessages(i)));
    fewest = std::min(fewest, check.changes());
  }
  return fewest;
}

absl::Status CatchUpWithLatest(WatchPool& pool, uint64_t changes,
                               StallFigures* figures) {
  std::vector<LatestCheck> checks(static_cast<size_t>(pool.size()));
  const int64_t resumed = MonotonicNanos();
  pool.Resume();
  for (uint64_t told = 0; told < changes;) {
    absl::SleepFor(kLookInterval);
    QANTARA_ASSIGN_OR_RETURN(told, TakeMessages(pool, checks));
    if (SecondsSince(resumed) > absl::ToDoubleSeconds(kCatchUpTimeout)) {
      return absl::DeadlineExceededError(absl::StrCat(
          "a stalled watcher was told of ", told, " of ", changes, " changes"));
    }
  }
  figures->caught_up_seconds = SecondsSince(resumed);
  absl::SleepFor(kLateCopies);
  QANTARA_RETURN_IF_ERROR(TakeMessages(pool, checks).status());
  figures->folded_figures = changes;
  for (const LatestCheck& check : checks) {
    if (check.changes() != changes) {
      return absl::DataLossError(absl::StrCat("a stalled watcher was told of ",
                                              check.changes(), " changes, ",
                                              changes, " were written"));
    }
    figures->folded_figures =
        std::min<size_t>(figures->folded_figures, check.figures());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StallFigures> MeasureStall(WatchSubject& subject,
                                          const StallPlan& plan) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto pool,
      OpenWatchers(subject, plan.shape, /*keep_deliveries=*/true));
  std::unique_ptr<WatchPool> stalled;
  if (plan.stalled > 0) {
    QANTARA_ASSIGN_OR_RETURN(stalled, OpenStalled(subject, plan));
  }
  FeedOrder order;
  order.max_changes = kManyChanges;
  order.max_seconds = plan.shape.seconds;
  order.per_commit = plan.per_commit;
  order.changes_per_second = plan.changes_per_second;
  order.figures = plan.shape.figures;
  QANTARA_ASSIGN_OR_RETURN(const size_t before, subject.ResidentBytes());
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run, subject.Feed(order));
  QANTARA_RETURN_IF_ERROR(pool->Await(run.result.changes, kCatchUpTimeout));
  QANTARA_ASSIGN_OR_RETURN(const size_t after, subject.ResidentBytes());
  StallFigures figures;
  figures.growth = static_cast<double>(after) - static_cast<double>(before);
  QANTARA_ASSIGN_OR_RETURN(const LatencyFigures latency,
                           LatencyOf(run.commits, pool->TakeDeliveries()));
  figures.others_p99 = latency.commit_p99;
  if (stalled == nullptr) return figures;
  QANTARA_RETURN_IF_ERROR(
      plan.latest ? CatchUpWithLatest(*stalled, run.result.changes, &figures)
                  : CatchUpWithEvery(*stalled, run.result.changes, &figures));
  return figures;
}

}  // namespace qantara::tools
