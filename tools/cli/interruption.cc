#include "tools/cli/interruption.h"

#include <utility>

namespace qantara::tools {

void Interruption::Trigger() {
  std::lock_guard<std::mutex> lock(mutex_);
  triggered_ = true;
  changed_.notify_all();
  if (cancel_) cancel_();
}

bool Interruption::triggered() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return triggered_;
}

bool Interruption::WaitFor(absl::Duration timeout) const {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                           [&] { return triggered_; });
}

Interruption::Scope::Scope(Interruption& interruption,
                           std::function<void()> cancel)
    : interruption_(interruption) {
  std::lock_guard<std::mutex> lock(interruption_.mutex_);
  interruption_.cancel_ = std::move(cancel);
  if (interruption_.triggered_) interruption_.cancel_();
}

Interruption::Scope::~Scope() {
  std::lock_guard<std::mutex> lock(interruption_.mutex_);
  interruption_.cancel_ = nullptr;
}

}  // namespace qantara::tools
