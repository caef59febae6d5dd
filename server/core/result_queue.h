// Lines whose results a client has not been sent yet.
#ifndef QANTARA_SERVER_CORE_RESULT_QUEUE_H_
#define QANTARA_SERVER_CORE_RESULT_QUEUE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// Keeps line numbers only; the items are read when the client takes them. What
// is beyond the bound becomes one range of skipped lines. Not thread-safe.
class ResultQueue {
 public:
  // Lines that may wait.
  static constexpr size_t kMaxWaiting = 10'000;

  void Add(const std::vector<uint32_t>& lines) {
    for (const uint32_t line : lines) {
      if (lines_.size() < kMaxWaiting) {
        lines_.push_back(line);
      } else {
        Skip(line);
      }
    }
  }

  // Takes up to `count` lines, oldest first.
  std::vector<uint32_t> Take(size_t count) {
    const size_t taken = std::min(count, lines_.size());
    std::vector<uint32_t> lines(lines_.begin(), lines_.begin() + taken);
    lines_.erase(lines_.begin(), lines_.begin() + taken);
    return lines;
  }

  // Takes the range that was skipped, if there is one.
  std::optional<v1::ImportResultsSkipped> TakeSkipped() {
    return std::exchange(skipped_, std::nullopt);
  }

  bool empty() const { return lines_.empty() && !skipped_.has_value(); }

 private:
  void Skip(uint32_t line) {
    if (!skipped_.has_value()) {
      skipped_.emplace();
      skipped_->set_from_line(line);
      skipped_->set_to_line(line);
    }
    skipped_->set_from_line(std::min(skipped_->from_line(), line));
    skipped_->set_to_line(std::max(skipped_->to_line(), line));
  }

  std::deque<uint32_t> lines_;
  std::optional<v1::ImportResultsSkipped> skipped_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_RESULT_QUEUE_H_
