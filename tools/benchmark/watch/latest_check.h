// Whether a watch of the latest figures told what it promises.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_LATEST_CHECK_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_LATEST_CHECK_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"

namespace qantara::tools {

// Takes the messages of one watch, in order.
class LatestCheck {
 public:
  // Errors: kDataLoss when a figure comes twice behind `fell_behind`, a change
  // does not begin with the quantity that the figure had, or a message is none.
  absl::Status Take(const std::vector<std::string>& messages);

  // Changes that were told, those that are folded into others included.
  uint64_t changes() const { return changes_; }
  bool fell_behind() const { return fell_behind_; }
  // Figures that came behind `fell_behind`.
  size_t figures() const { return seen_.size(); }

 private:
  // Product and location.
  using Figure = std::pair<std::string, std::string>;

  uint64_t changes_ = 0;
  bool fell_behind_ = false;
  absl::flat_hash_map<Figure, std::string> quantities_;
  absl::flat_hash_set<Figure> seen_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_LATEST_CHECK_H_
