#include "tools/benchmark/watch/feed.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;

// Where the answers come together. Thread-safe.
class Answers {
 public:
  // Waits until fewer than `bound` are open.
  void AwaitFewer(uint32_t bound) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_ < bound; });
  }

  size_t Written() {
    const std::lock_guard lock(mutex_);
    ++open_;
    run_.commits.push_back({0, MonotonicNanos(), 0});
    return run_.commits.size() - 1;
  }

  void Done(size_t commit, const absl::StatusOr<uint64_t>& position) {
    const std::lock_guard lock(mutex_);
    run_.commits[commit].durable = MonotonicNanos();
    if (position.ok()) {
      run_.commits[commit].position = *position;
    } else if (failed_.ok()) {
      failed_ = position.status();
    }
    --open_;
    changed_.notify_all();
  }

  bool failed() {
    const std::lock_guard lock(mutex_);
    return !failed_.ok();
  }

  // When nothing is open any more.
  absl::StatusOr<FeedRun> Take(uint64_t first, uint64_t changes) {
    AwaitFewer(1);
    const std::lock_guard lock(mutex_);
    QANTARA_RETURN_IF_ERROR(failed_);
    run_.result.first = first;
    run_.result.changes = changes;
    if (run_.commits.empty()) return std::move(run_);
    int64_t last = 0;
    for (const CommitTime& commit : run_.commits) {
      last = std::max(last, commit.durable);
      run_.result.position = std::max(run_.result.position, commit.position);
    }
    run_.result.seconds =
        static_cast<double>(last - run_.commits.front().written) / kNanos;
    return std::move(run_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // All guarded by mutex_.
  uint32_t open_ = 0;
  absl::Status failed_;
  FeedRun run_;
};

}  // namespace

absl::StatusOr<FeedRun> RunFeed(const FeedOrder& order, uint64_t first,
                                const WriteCommit& write) {
  Answers answers;
  uint64_t changes = 0;
  const int64_t began = MonotonicNanos();
  while (changes < order.max_changes && !answers.failed()) {
    const double since = static_cast<double>(MonotonicNanos() - began) / kNanos;
    // However late this thread runs, something is written.
    if (changes > 0 && since >= order.max_seconds) break;
    if (order.changes_per_second > 0) {
      const double due =
          static_cast<double>(changes) / order.changes_per_second;
      if (due > since) absl::SleepFor(absl::Seconds(due - since));
    }
    answers.AwaitFewer(order.in_flight);
    const auto count = static_cast<uint32_t>(
        std::min<uint64_t>(order.per_commit, order.max_changes - changes));
    const size_t commit = answers.Written();
    write(first + changes, count,
          [&answers, commit](const absl::StatusOr<uint64_t>& position) {
            answers.Done(commit, position);
          });
    changes += count;
  }
  return answers.Take(first, changes);
}

}  // namespace qantara::tools
