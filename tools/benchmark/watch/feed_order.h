// What is written while watchers are measured, and how that went.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_FEED_ORDER_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_FEED_ORDER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {

// Writing ends with the first bound that is reached.
struct FeedOrder {
  uint64_t max_changes = 0;
  double max_seconds = 0;
  // Changes that are one commit.
  uint32_t per_commit = 1;
  // 0: as fast as answers come.
  double changes_per_second = 0;
  // Commits that may wait for their answer.
  uint32_t in_flight = 64;
  // Figures that change, in turn.
  uint32_t figures = 1000;
};

struct FeedResult {
  // Number of the first change.
  uint64_t first = 0;
  uint64_t changes = 0;
  // From the first write to the last answer.
  double seconds = 0;
  // Of the last commit.
  uint64_t position = 0;
};

// One commit, on the clock of MonotonicNanos.
struct CommitTime {
  uint64_t position = 0;
  int64_t written = 0;
  // When it was known to be durable.
  int64_t durable = 0;
};

// For the line that a subject is asked with, and its answer.
std::string ToLine(const FeedOrder& order);
std::string ToLine(const FeedResult& result);

// Errors: kInvalidArgument.
absl::StatusOr<FeedOrder> ParseFeedOrder(absl::string_view line);
absl::StatusOr<FeedResult> ParseFeedResult(absl::string_view line);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_FEED_ORDER_H_
