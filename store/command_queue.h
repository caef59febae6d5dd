// Commands that wait for the writer.
#ifndef QANTARA_STORE_COMMAND_QUEUE_H_
#define QANTARA_STORE_COMMAND_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "store/queued_command.h"

namespace qantara::store {

// First in, first out, and bounded. Thread-safe; one thread takes.
class CommandQueue {
 public:
  // How much may wait, or be taken at once; one command always may.
  struct Bound {
    size_t commands;
    size_t bytes;
  };

  explicit CommandQueue(Bound bound) : bound_(bound) {}

  // Takes the command over when it returns OK; otherwise it stays the caller's.
  //
  // Errors: kResourceExhausted (OVERLOADED) when the queue is full; after Close
  // its status.
  absl::Status Push(std::unique_ptr<QueuedCommand>& command);

  // Waits for a command and takes what is there, within `most`. Empty when the
  // queue is closed and has been emptied.
  std::vector<std::unique_ptr<QueuedCommand>> Take(Bound most);

  // Refuses all further commands with `why`; the first call counts.
  void Close(absl::Status why);

  // Why the queue is closed, or OK.
  absl::Status closed() const;

  size_t size() const;
  size_t bytes() const;

 private:
  const Bound bound_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<QueuedCommand>> commands_;
  size_t bytes_ = 0;
  absl::Status closed_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_COMMAND_QUEUE_H_
