#include "server/core/accept_queue.h"

#include <iterator>
#include <utility>

namespace qantara::server {
namespace {

size_t BytesOf(const std::vector<domain::ParsedLine>& lines) {
  size_t bytes = 0;
  for (const domain::ParsedLine& line : lines) bytes += line.payload.size();
  return bytes;
}

size_t CostOf(size_t lines, size_t bytes) {
  return bytes + lines * AcceptQueue::kLineCost;
}

}  // namespace

void AcceptQueue::Add(uint32_t first_line,
                      std::vector<domain::ParsedLine> lines) {
  const size_t bytes = BytesOf(lines);
  awaiting_lines_ += lines.size();
  awaiting_bytes_ += bytes;
  if (!batches_.empty()) {
    Batch& last = batches_.back();
    if (last.next_line() == first_line &&
        last.lines.size() + lines.size() <= kMaxCommandLines &&
        last.bytes + bytes <= kMaxCommandBytes) {
      std::move(lines.begin(), lines.end(), std::back_inserter(last.lines));
      last.bytes += bytes;
      return;
    }
  }
  batches_.push_back({first_line, std::move(lines), bytes});
}

std::optional<AcceptQueue::Batch> AcceptQueue::Take() {
  if (!kept_back()) return std::nullopt;
  const Batch& next = batches_.front();
  if (!budget_.TryTake(CostOf(next.lines.size(), next.bytes))) {
    return std::nullopt;
  }
  Batch batch = std::move(batches_.front());
  batches_.pop_front();
  ++commands_;
  return batch;
}

void AcceptQueue::Answered(size_t lines, size_t bytes) {
  --commands_;
  budget_.GiveBack(CostOf(lines, bytes));
  awaiting_lines_ -= lines;
  awaiting_bytes_ -= bytes;
}

void AcceptQueue::Drop() {
  for (const Batch& batch : batches_) {
    awaiting_lines_ -= batch.lines.size();
    awaiting_bytes_ -= batch.bytes;
  }
  batches_.clear();
}

}  // namespace qantara::server
