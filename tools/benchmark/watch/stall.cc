#include "tools/benchmark/watch/stall.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "absl/time/time.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/latency.h"
#include "tools/benchmark/watch/stalled_watchers.h"

namespace qantara::tools {
namespace {

constexpr absl::Duration kDeliveryTimeout = absl::Minutes(2);
// A round that cannot keep its rate ends, with fewer changes.
constexpr double kMaxWriteSeconds = 300;
// Longest load with everybody reading, before it is measured.
constexpr double kMaxLoadFirst = 5;
// Changes per commit where nobody watches yet.
constexpr uint32_t kWarmUpCommit = 100;

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
  QANTARA_RETURN_IF_ERROR(pool->Await(first.result.changes, kDeliveryTimeout));
  pool->TakeDeliveries();
  std::unique_ptr<StalledWatchers> stalled;
  if (plan.stalled > 0) {
    QANTARA_ASSIGN_OR_RETURN(stalled, StalledWatchers::Open(subject, plan));
  }
  QANTARA_ASSIGN_OR_RETURN(const size_t before, subject.ResidentBytes());
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run,
                           subject.Feed(Load(plan, plan.shape.seconds)));
  QANTARA_RETURN_IF_ERROR(
      pool->Await(first.result.changes + run.result.changes, kDeliveryTimeout));
  QANTARA_ASSIGN_OR_RETURN(const size_t after, subject.ResidentBytes());
  StallFigures figures;
  figures.growth = static_cast<double>(after) - static_cast<double>(before);
  figures.changes_per_second =
      static_cast<double>(run.result.changes) / run.result.seconds;
  QANTARA_ASSIGN_OR_RETURN(const LatencyFigures latency,
                           LatencyOf(run.commits, pool->TakeDeliveries()));
  figures.others_p99 = latency.commit_p99;
  if (stalled == nullptr) return figures;
  QANTARA_RETURN_IF_ERROR(stalled->CatchUp(run.result, &figures));
  QANTARA_ASSIGN_OR_RETURN(const size_t at_end, subject.ResidentBytes());
  figures.growth_after =
      static_cast<double>(at_end) - static_cast<double>(before);
  return figures;
}

}  // namespace qantara::tools
