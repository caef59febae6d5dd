#include "tools/benchmark/watch/stall.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/latency.h"
#include "tools/benchmark/watch/monotonic.h"
#include "tools/benchmark/watch/stall_check.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;
constexpr absl::Duration kCatchUpTimeout = absl::Minutes(2);
constexpr absl::Duration kLookInterval = absl::Milliseconds(5);
// What comes twice comes soon.
constexpr absl::Duration kLateCopies = absl::Milliseconds(200);
// A round that cannot keep its rate ends, with fewer changes.
constexpr double kMaxWriteSeconds = 300;
// Longest load with everybody reading, before it is measured.
constexpr double kMaxLoadFirst = 5;
// Changes per commit where nobody watches yet.
constexpr uint32_t kWarmUpCommit = 100;

double SecondsSince(int64_t nanos) {
  return static_cast<double>(MonotonicNanos() - nanos) / kNanos;
}

// Returns what the watcher that was told of fewest changes was told of.
absl::StatusOr<uint64_t> TakeMessages(WatchPool& pool,
                                      std::vector<StallCheck>& checks) {
  uint64_t fewest = kManyChanges;
  for (int i = 0; i < pool.size(); ++i) {
    StallCheck& check = checks[static_cast<size_t>(i)];
    QANTARA_RETURN_IF_ERROR(check.Take(pool.TakeMessages(i)));
    fewest = std::min(fewest, check.changes());
  }
  return fewest;
}

// Takes messages until each was told of so many changes.
absl::Status TakeUntil(WatchPool& pool, uint64_t changes,
                       std::vector<StallCheck>& checks) {
  const absl::Time deadline = absl::Now() + kCatchUpTimeout;
  while (true) {
    QANTARA_ASSIGN_OR_RETURN(const uint64_t told, TakeMessages(pool, checks));
    if (told >= changes) return absl::OkStatus();
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError(absl::StrCat(
          "a stalled watcher was told of ", told, " of ", changes, " changes"));
    }
    absl::SleepFor(kLookInterval);
  }
}

absl::Status WarmUp(WatchSubject& subject, const StallPlan& plan) {
  if (plan.warm_up == 0) return absl::OkStatus();
  FeedOrder order;
  order.max_changes = plan.warm_up;
  order.max_seconds = kMaxWriteSeconds;
  order.per_commit = std::min(plan.shape.figures, kWarmUpCommit);
  order.figures = plan.shape.figures;
  return subject.Feed(order).status();
}

// As many changes as belong into that time, so that all rounds are alike.
FeedOrder Load(const StallPlan& plan, double seconds) {
  FeedOrder order;
  order.max_changes = std::max<uint64_t>(
      plan.per_commit,
      static_cast<uint64_t>(std::llround(plan.changes_per_second * seconds)));
  order.max_seconds = kMaxWriteSeconds;
  order.per_commit = plan.per_commit;
  order.changes_per_second = plan.changes_per_second;
  order.figures = plan.shape.figures;
  return order;
}

absl::StatusOr<std::unique_ptr<WatchPool>> OpenStalled(WatchSubject& subject,
                                                       const StallPlan& plan) {
  WatchPool::Options options;
  options.address = subject.address();
  QANTARA_ASSIGN_OR_RETURN(options.dialect,
                           subject.Dialect({std::nullopt, plan.latest}));
  options.watchers = plan.stalled;
  options.connections = plan.stalled;
  options.reads_ahead = false;
  options.keep_messages = true;
  QANTARA_ASSIGN_OR_RETURN(auto pool, WatchPool::Open(options));
  pool->Pause();
  return pool;
}

absl::Status CatchUp(WatchPool& pool, const StallPlan& plan,
                     const FeedResult& written, StallFigures* figures) {
  std::vector<StallCheck> checks(static_cast<size_t>(pool.size()),
                                 StallCheck(plan.latest));
  const int64_t resumed = MonotonicNanos();
  pool.Resume();
  QANTARA_RETURN_IF_ERROR(TakeUntil(pool, written.changes, checks));
  figures->caught_up_seconds = SecondsSince(resumed);
  absl::SleepFor(kLateCopies);
  QANTARA_RETURN_IF_ERROR(TakeMessages(pool, checks).status());
  figures->felt = true;
  figures->folded_figures = written.changes;
  for (const StallCheck& check : checks) {
    QANTARA_RETURN_IF_ERROR(check.Finish(written, plan.shape.figures));
    figures->felt = figures->felt && check.fell_behind();
    figures->on_the_way = std::max(
        figures->on_the_way,
        check.fell_behind() ? check.changes_before() : check.changes());
    figures->folded_figures =
        std::min<size_t>(figures->folded_figures, check.figures());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StallFigures> MeasureStall(WatchSubject& subject,
                                          const StallPlan& plan) {
  QANTARA_RETURN_IF_ERROR(WarmUp(subject, plan));
  QANTARA_ASSIGN_OR_RETURN(
      const auto pool,
      OpenWatchers(subject, plan.shape, /*keep_deliveries=*/true));
  QANTARA_ASSIGN_OR_RETURN(
      const FeedRun first,
      subject.Feed(Load(plan, std::min(plan.shape.seconds, kMaxLoadFirst))));
  QANTARA_RETURN_IF_ERROR(pool->Await(first.result.changes, kCatchUpTimeout));
  pool->TakeDeliveries();
  std::unique_ptr<WatchPool> stalled;
  if (plan.stalled > 0) {
    QANTARA_ASSIGN_OR_RETURN(stalled, OpenStalled(subject, plan));
  }
  QANTARA_ASSIGN_OR_RETURN(const size_t before, subject.ResidentBytes());
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run,
                           subject.Feed(Load(plan, plan.shape.seconds)));
  QANTARA_RETURN_IF_ERROR(
      pool->Await(first.result.changes + run.result.changes, kCatchUpTimeout));
  QANTARA_ASSIGN_OR_RETURN(const size_t after, subject.ResidentBytes());
  StallFigures figures;
  figures.growth = static_cast<double>(after) - static_cast<double>(before);
  figures.changes_per_second =
      static_cast<double>(run.result.changes) / run.result.seconds;
  QANTARA_ASSIGN_OR_RETURN(const LatencyFigures latency,
                           LatencyOf(run.commits, pool->TakeDeliveries()));
  figures.others_p99 = latency.commit_p99;
  if (stalled == nullptr) return figures;
  QANTARA_RETURN_IF_ERROR(CatchUp(*stalled, plan, run.result, &figures));
  QANTARA_ASSIGN_OR_RETURN(const size_t at_end, subject.ResidentBytes());
  figures.growth_after =
      static_cast<double>(at_end) - static_cast<double>(before);
  return figures;
}

}  // namespace qantara::tools
