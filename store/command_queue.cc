#include "store/command_queue.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"

namespace qantara::store {

absl::Status CommandQueue::Push(std::unique_ptr<QueuedCommand>& command) {
  const size_t bytes = command->bytes();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!closed_.ok()) return closed_;
    if (!commands_.empty() && (commands_.size() >= bound_.commands ||
                               bytes_ + bytes > bound_.bytes)) {
      return domain::MakeError(absl::StatusCode::kResourceExhausted,
                               v1::ERROR_REASON_OVERLOADED,
                               absl::StrCat(commands_.size(), " commands of ",
                                            bytes_, " bytes are waiting"));
    }
    commands_.push_back(std::move(command));
    bytes_ += bytes;
  }
  changed_.notify_one();
  return absl::OkStatus();
}

std::vector<std::unique_ptr<QueuedCommand>> CommandQueue::Take(Bound most) {
  std::vector<std::unique_ptr<QueuedCommand>> taken;
  size_t taken_bytes = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return !commands_.empty() || !closed_.ok(); });
  while (!commands_.empty()) {
    const size_t bytes = commands_.front()->bytes();
    if (!taken.empty() &&
        (taken.size() >= most.commands || taken_bytes + bytes > most.bytes)) {
      break;
    }
    taken.push_back(std::move(commands_.front()));
    commands_.pop_front();
    taken_bytes += bytes;
  }
  bytes_ -= taken_bytes;
  return taken;
}

void CommandQueue::Close(absl::Status why) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_.ok()) closed_ = std::move(why);
  }
  changed_.notify_all();
}

absl::Status CommandQueue::closed() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return closed_;
}

size_t CommandQueue::size() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return commands_.size();
}

size_t CommandQueue::bytes() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return bytes_;
}

}  // namespace qantara::store
