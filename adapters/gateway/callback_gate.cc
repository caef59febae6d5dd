#include "adapters/gateway/callback_gate.h"

namespace qantara::adapters {

bool CallbackGate::Enter() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return false;
  ++inside_;
  return true;
}

void CallbackGate::Leave() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (--inside_ == 0) empty_.notify_all();
}

void CallbackGate::Close() {
  std::unique_lock<std::mutex> lock(mutex_);
  closed_ = true;
  empty_.wait(lock, [this] { return inside_ == 0; });
}

}  // namespace qantara::adapters
