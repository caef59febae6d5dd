#include "tools/benchmark/watch/latency.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "domain/status_macros.h"

namespace qantara::tools {
namespace {

constexpr double kNanosPerMilli = 1e6;
constexpr int64_t kMaxWarmUpNanos = 1'000'000'000;
constexpr absl::Duration kDrainTimeout = absl::Minutes(1);

// The value that this share of `values` does not exceed.
double Quantile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<size_t>(share * double(values.size() - 1));
  std::nth_element(values.begin(),
                   values.begin() + static_cast<ptrdiff_t>(rank), values.end());
  return values[rank];
}

// Milliseconds; a watcher may hear of a commit before its writer does.
float Since(int64_t begin, int64_t end) {
  return static_cast<float>(double(std::max<int64_t>(end - begin, 0)) /
                            kNanosPerMilli);
}

// Of a short run it is half.
int64_t WarmUpOf(const std::vector<CommitTime>& commits) {
  if (commits.empty()) return 0;
  return std::min(kMaxWarmUpNanos,
                  (commits.back().written - commits.front().written) / 2);
}

}  // namespace

absl::StatusOr<LatencyFigures> LatencyOf(
    const std::vector<CommitTime>& commits,
    const std::vector<std::vector<Delivery>>& watchers) {
  std::vector<CommitTime> by_position = commits;
  std::sort(
      by_position.begin(), by_position.end(),
      [](const auto& a, const auto& b) { return a.position < b.position; });
  const int64_t warm_up = WarmUpOf(commits);
  std::vector<float> from_commit;
  std::vector<float> from_write;
  for (const std::vector<Delivery>& deliveries : watchers) {
    for (const Delivery& delivery : deliveries) {
      const auto commit = std::lower_bound(
          by_position.begin(), by_position.end(), delivery.position,
          [](const CommitTime& a, uint64_t b) { return a.position < b; });
      if (commit == by_position.end() ||
          commit->position != delivery.position) {
        return absl::DataLossError(absl::StrCat(
            "nothing was written at position ", delivery.position));
      }
      if (delivery.nanos < commit->written) {
        return absl::DataLossError(absl::StrCat("what was written at position ",
                                                delivery.position,
                                                " arrived before that"));
      }
      if (commit->written - commits.front().written < warm_up) continue;
      from_commit.push_back(Since(commit->durable, delivery.nanos));
      from_write.push_back(Since(commit->written, delivery.nanos));
    }
  }
  LatencyFigures figures;
  figures.commit_p50 = Quantile(from_commit, 0.5);
  figures.commit_p99 = Quantile(from_commit, 0.99);
  figures.write_p50 = Quantile(from_write, 0.5);
  figures.write_p99 = Quantile(from_write, 0.99);
  return figures;
}

absl::StatusOr<LatencyFigures> MeasureLatency(WatchSubject& subject,
                                              const LatencyPlan& plan) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto pool,
      OpenWatchers(subject, plan.shape, /*keep_deliveries=*/true));
  FeedOrder order;
  order.max_changes = kManyChanges;
  order.max_seconds = plan.shape.seconds;
  order.per_commit = plan.per_commit;
  order.changes_per_second = plan.changes_per_second;
  order.figures = plan.shape.figures;
  QANTARA_ASSIGN_OR_RETURN(const FeedRun run, subject.Feed(order));
  QANTARA_RETURN_IF_ERROR(pool->Await(run.result.changes, kDrainTimeout));
  return LatencyOf(run.commits, pool->TakeDeliveries());
}

}  // namespace qantara::tools
