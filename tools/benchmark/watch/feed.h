// Writes commits at a pace, with a bound on those that wait for their answer.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_FEED_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_FEED_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/feed_order.h"

namespace qantara::tools {

// Position of a durable commit.
using CommitDone = std::function<void(absl::StatusOr<uint64_t>)>;

// Writes `changes` changes as one commit; the first has the number `first`.
// `done` runs once, on any thread.
using WriteCommit =
    std::function<void(uint64_t first, uint32_t changes, CommitDone done)>;

// What was written, and when.
struct FeedRun {
  FeedResult result;
  std::vector<CommitTime> commits;
};

// Writes as `order` says and waits for all answers. `first` is the number of
// the first change.
//
// Errors: the first one of a commit, after all answers.
absl::StatusOr<FeedRun> RunFeed(const FeedOrder& order, uint64_t first,
                                const WriteCommit& write);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_FEED_H_
