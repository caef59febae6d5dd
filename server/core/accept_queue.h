// Lines of one import on their way from the client to the writer.
#ifndef QANTARA_SERVER_CORE_ACCEPT_QUEUE_H_
#define QANTARA_SERVER_CORE_ACCEPT_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "domain/line.h"
#include "server/core/byte_budget.h"

namespace qantara::server {

// Joins small batches into larger commands while earlier ones are with the
// writer: no timer, no delay for the first. Not thread-safe.
class AcceptQueue {
 public:
  // Lines and bytes of one command.
  static constexpr size_t kMaxCommandLines = 1000;
  static constexpr size_t kMaxCommandBytes = 1 << 20;
  // Commands with the writer.
  static constexpr size_t kMaxCommands = 4;
  // Lines and bytes that await the writer; then nothing more is read.
  static constexpr size_t kMaxAwaitingLines = 16'000;
  static constexpr size_t kMaxAwaitingBytes = 16 << 20;

  // What a line costs of the budget besides its bytes.
  static constexpr size_t kLineCost = 256;

  // `budget` bounds what all imports have with the writer; it must outlive the
  // queue.
  explicit AcceptQueue(ByteBudget& budget) : budget_(budget) {}

  // Consecutive lines.
  struct Batch {
    uint32_t first_line = 0;
    std::vector<domain::ParsedLine> lines;
    size_t bytes = 0;

    uint32_t next_line() const {
      return first_line + static_cast<uint32_t>(lines.size());
    }
  };

  // Adds lines; `first_line` is not 0.
  void Add(uint32_t first_line, std::vector<domain::ParsedLine> lines);

  // Takes the next command's lines, while fewer than kMaxCommands are out and
  // the budget allows it.
  std::optional<Batch> Take();

  // A taken batch of this size was answered.
  void Answered(size_t lines, size_t bytes);

  // Forgets what was not taken.
  void Drop();

  // Whether another message may be read.
  bool has_room() const {
    return awaiting_lines_ < kMaxAwaitingLines &&
           awaiting_bytes_ < kMaxAwaitingBytes;
  }
  // Whether only the budget keeps back a command: ask again later.
  bool kept_back() const {
    return !batches_.empty() && commands_ < kMaxCommands;
  }
  // Nothing waits and nothing is with the writer.
  bool idle() const { return batches_.empty() && commands_ == 0; }

 private:
  ByteBudget& budget_;
  std::deque<Batch> batches_;
  size_t awaiting_lines_ = 0;
  size_t awaiting_bytes_ = 0;
  size_t commands_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_ACCEPT_QUEUE_H_
