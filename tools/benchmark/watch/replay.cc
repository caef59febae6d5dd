#include "tools/benchmark/watch/replay.h"

#include <memory>

#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/load_shape.h"
#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;
constexpr double kFillSeconds = 600;
constexpr absl::Duration kReplayTimeout = absl::Minutes(5);
constexpr absl::Duration kDeliveryTimeout = absl::Seconds(30);
// Until memory that was needed for opening a watch is given back.
constexpr absl::Duration kSettle = absl::Seconds(3);

absl::StatusOr<std::unique_ptr<WatchPool>> OpenIdle(WatchSubject& subject,
                                                    int watchers) {
  WatchPool::Options options;
  options.address = subject.address();
  QANTARA_ASSIGN_OR_RETURN(options.dialect, subject.Dialect({}));
  options.watchers = watchers;
  options.connections = watchers;
  auto pool = WatchPool::Open(options);
  absl::SleepFor(kSettle);
  return pool;
}

}  // namespace

absl::StatusOr<std::vector<double>> MeasureReplay(WatchSubject& subject,
                                                  const ReplayPlan& plan) {
  FeedOrder order;
  order.max_changes = plan.changes;
  order.max_seconds = kFillSeconds;
  order.per_commit = plan.per_commit;
  order.figures = plan.figures;
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run, subject.Feed(order));
  std::vector<double> rates;
  for (uint32_t round = 0; round < plan.rounds; ++round) {
    WatchPool::Options options;
    options.address = subject.address();
    QANTARA_ASSIGN_OR_RETURN(options.dialect, subject.Dialect({0, false}));
    const int64_t began = MonotonicNanos();
    QANTARA_ASSIGN_OR_RETURN(const auto pool, WatchPool::Begin(options));
    QANTARA_RETURN_IF_ERROR(pool->Await(run.result.changes, kReplayTimeout));
    rates.push_back(static_cast<double>(run.result.changes) * kNanos /
                    static_cast<double>(MonotonicNanos() - began));
  }
  return rates;
}

absl::StatusOr<double> MeasureIdle(WatchSubject& subject,
                                   const IdlePlan& plan) {
  QANTARA_ASSIGN_OR_RETURN(const auto before, OpenIdle(subject, plan.before));
  QANTARA_ASSIGN_OR_RETURN(const size_t least, subject.ResidentBytes());
  QANTARA_ASSIGN_OR_RETURN(const auto pool, OpenIdle(subject, plan.watchers));
  QANTARA_ASSIGN_OR_RETURN(const size_t most, subject.ResidentBytes());
  // Quiet, and not dead.
  QANTARA_RETURN_IF_ERROR(WriteFigures(subject, 1));
  QANTARA_RETURN_IF_ERROR(before->Await(1, kDeliveryTimeout));
  QANTARA_RETURN_IF_ERROR(pool->Await(1, kDeliveryTimeout));
  return (static_cast<double>(most) - static_cast<double>(least)) /
         plan.watchers;
}

}  // namespace qantara::tools
