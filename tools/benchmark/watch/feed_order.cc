#include "tools/benchmark/watch/feed_order.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace qantara::tools {
namespace {

std::vector<std::string> Words(absl::string_view line) {
  return absl::StrSplit(line, ' ', absl::SkipEmpty());
}

absl::Status Malformed(absl::string_view line) {
  return absl::InvalidArgumentError(absl::StrCat("not understood: ", line));
}

}  // namespace

std::string ToLine(const FeedOrder& order) {
  return absl::StrCat(order.max_changes, " ", order.max_seconds, " ",
                      order.per_commit, " ", order.changes_per_second, " ",
                      order.in_flight, " ", order.figures);
}

std::string ToLine(const FeedResult& result) {
  return absl::StrCat(result.first, " ", result.changes, " ", result.seconds,
                      " ", result.position);
}

absl::StatusOr<FeedOrder> ParseFeedOrder(absl::string_view line) {
  const std::vector<std::string> words = Words(line);
  FeedOrder order;
  if (words.size() != 6 || !absl::SimpleAtoi(words[0], &order.max_changes) ||
      !absl::SimpleAtod(words[1], &order.max_seconds) ||
      !absl::SimpleAtoi(words[2], &order.per_commit) ||
      !absl::SimpleAtod(words[3], &order.changes_per_second) ||
      !absl::SimpleAtoi(words[4], &order.in_flight) ||
      !absl::SimpleAtoi(words[5], &order.figures) || order.per_commit == 0 ||
      order.in_flight == 0 || order.figures < order.per_commit) {
    return Malformed(line);
  }
  return order;
}

absl::StatusOr<FeedResult> ParseFeedResult(absl::string_view line) {
  const std::vector<std::string> words = Words(line);
  FeedResult result;
  if (words.size() != 4 || !absl::SimpleAtoi(words[0], &result.first) ||
      !absl::SimpleAtoi(words[1], &result.changes) ||
      !absl::SimpleAtod(words[2], &result.seconds) ||
      !absl::SimpleAtoi(words[3], &result.position)) {
    return Malformed(line);
  }
  return result;
}

}  // namespace qantara::tools
