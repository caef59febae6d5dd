#include "tools/simulator/hold.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/match.h"

namespace qantara::simulator {

void Hold::On(HoldRule rule) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stopped_) return;
  rule_ = std::move(rule);
  on_ = true;
}

void Hold::Off() {
  const std::lock_guard<std::mutex> lock(mutex_);
  on_ = false;
  released_ = next_ticket_;
  changed_.notify_all();
}

void Hold::Release(int64_t count) {
  const std::lock_guard<std::mutex> lock(mutex_);
  released_ = std::min(released_ + count, next_ticket_);
  changed_.notify_all();
}

void Hold::Stop() {
  Off();
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
}

void Hold::Pass(HoldPoint point, const std::string& method,
                const std::string& path) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto& methods = rule_.methods;
  if (!on_ || stopped_ || point != rule_.point ||
      !absl::StartsWith(path, rule_.path) ||
      (!methods.empty() &&
       std::find(methods.begin(), methods.end(), method) == methods.end())) {
    return;
  }
  const int64_t ticket = next_ticket_++;
  changed_.notify_all();
  changed_.wait(lock, [&] { return ticket < released_; });
}

int64_t Hold::waiting() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return next_ticket_ - released_;
}

bool Hold::WaitForHeld(int64_t count, int64_t timeout_ms) const {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                           [&] { return next_ticket_ - released_ >= count; });
}

}  // namespace qantara::simulator
