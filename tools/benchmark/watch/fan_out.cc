#include "tools/benchmark/watch/fan_out.h"

#include <chrono>
#include <future>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;
constexpr std::chrono::milliseconds kSampleInterval(5);
constexpr absl::Duration kDrainTimeout = absl::Minutes(5);
constexpr absl::Duration kDrainPatience = absl::Minutes(1);
// What comes twice comes soon.
constexpr absl::Duration kLateCopies = absl::Milliseconds(200);

// Deliveries up to a moment.
struct Sample {
  int64_t nanos = 0;
  uint64_t delivered = 0;
};

double DeliveredAt(const std::vector<Sample>& samples, int64_t nanos) {
  const Sample* before = &samples.front();
  for (const Sample& sample : samples) {
    if (sample.nanos >= nanos) {
      if (sample.nanos == before->nanos) return double(sample.delivered);
      const double share =
          double(nanos - before->nanos) / double(sample.nanos - before->nanos);
      return double(before->delivered) +
             share * double(sample.delivered - before->delivered);
    }
    before = &sample;
  }
  return double(before->delivered);
}

absl::Status Drain(WatchPool& pool, uint64_t changes, bool must_complete) {
  QANTARA_RETURN_IF_ERROR(
      pool.Await(changes, must_complete ? kDrainTimeout : kDrainPatience));
  absl::SleepFor(kLateCopies);
  if (pool.most() == changes) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "a watcher got ", pool.most(), " changes, ", changes, " were written"));
}

}  // namespace

absl::StatusOr<FanOutFigures> MeasureFanOut(WatchSubject& subject,
                                            const FanOutPlan& plan) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto pool,
      OpenWatchers(subject, plan.shape, /*keep_deliveries=*/false));
  FeedOrder order;
  order.max_changes = kManyChanges;
  order.max_seconds = plan.shape.seconds;
  order.per_commit = plan.per_commit;
  order.changes_per_second = plan.changes_per_second;
  order.figures = plan.shape.figures;
  auto feeding =
      std::async(std::launch::async, [&] { return subject.Feed(order); });
  std::vector<Sample> samples = {{MonotonicNanos(), pool->delivered()}};
  while (feeding.wait_for(kSampleInterval) != std::future_status::ready) {
    samples.push_back({MonotonicNanos(), pool->delivered()});
  }
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run, feeding.get());
  samples.push_back({MonotonicNanos(), pool->delivered()});

  const int64_t began = run.commits.front().written;
  const auto ended = began + static_cast<int64_t>(run.result.seconds * kNanos);
  FanOutFigures figures;
  figures.writes_per_second =
      static_cast<double>(run.result.changes) / run.result.seconds;
  figures.deliveries_per_second =
      (DeliveredAt(samples, ended) - DeliveredAt(samples, began)) /
      run.result.seconds;
  const absl::Status drained =
      Drain(*pool, run.result.changes, plan.must_complete);
  if (drained.ok()) {
    figures.drained_seconds = double(MonotonicNanos() - began) / kNanos -
                              absl::ToDoubleSeconds(kLateCopies);
  } else if (plan.must_complete || !absl::IsDeadlineExceeded(drained)) {
    return drained;
  }
  figures.bytes_per_change = double(pool->bytes()) / double(pool->delivered());
  return figures;
}

}  // namespace qantara::tools
