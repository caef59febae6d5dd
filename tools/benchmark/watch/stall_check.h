// Whether a watch that stalled told what it promises.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STALL_CHECK_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STALL_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "tools/benchmark/watch/feed_order.h"

namespace qantara::tools {

// Takes the messages of one watch, in order, of a feed in which the quantity of
// a figure is the number of its change. Not thread-safe.
class StallCheck {
 public:
  // `latest`: the watch wants the latest of each figure, not every change.
  explicit StallCheck(bool latest) : latest_(latest) {}

  // Errors: kDataLoss when a message is none, positions do not ascend, a change
  // does not begin with the quantity that the figure had, or
  // - every change is wanted: the next change is not the next one written;
  // - the latest is: a figure comes twice behind `fell_behind`.
  absl::Status Take(const std::vector<std::string>& messages);

  // Whether exactly what was written, to so many figures in turn, was told.
  //
  // Errors: kDataLoss when not every change was told or counted by another one,
  // more were, or a figure does not end with its last quantity.
  absl::Status Finish(const FeedResult& written, uint32_t figures) const;

  // Changes that were told, those that are folded into others included.
  uint64_t changes() const { return changes_; }
  // The server said that it could not write all that it had.
  bool fell_behind() const { return fell_behind_; }
  // Changes that were told before it said so.
  uint64_t changes_before() const { return changes_before_; }
  // Up to here it was told everything.
  uint64_t position() const { return position_; }
  // Figures that came behind `fell_behind`.
  size_t figures() const { return seen_.size(); }

 private:
  // Product and location.
  using Figure = std::pair<std::string, std::string>;

  absl::Status TakePosition(const v1::InventoryChanges& part);
  absl::Status TakeLevel(const v1::StockLevel& level);
  absl::Status TakeNext(const v1::StockLevel& level, uint64_t number);

  const bool latest_;
  uint64_t changes_ = 0;
  uint64_t changes_before_ = 0;
  bool fell_behind_ = false;
  uint64_t position_ = 0;
  // The last message is a part of a commit.
  bool more_ = false;
  // Numbers of the first and the last change; 0: there was none.
  uint64_t first_ = 0;
  uint64_t last_ = 0;
  absl::flat_hash_map<Figure, uint64_t> numbers_;
  absl::flat_hash_set<Figure> seen_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STALL_CHECK_H_
