// The life of a call, for those who work on its behalf.
#ifndef QANTARA_SERVER_CORE_CALL_SCOPE_H_
#define QANTARA_SERVER_CORE_CALL_SCOPE_H_

#include <functional>
#include <mutex>
#include <utility>

namespace qantara::server {

// Thread-safe.
class CallScope {
 public:
  // The caller is gone.
  void Cancel() {
    std::function<void()> on_cancel;
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
      on_cancel = std::exchange(on_cancel_, nullptr);
    }
    if (on_cancel) on_cancel();
  }

  // Runs `on_cancel` once the caller is gone; at once when it is gone already.
  // Replaces what was set before.
  void OnCancel(std::function<void()> on_cancel) {
    {
      const std::lock_guard lock(mutex_);
      if (!cancelled_) {
        on_cancel_ = std::move(on_cancel);
        return;
      }
    }
    if (on_cancel) on_cancel();
  }

 private:
  std::mutex mutex_;
  bool cancelled_ = false;
  std::function<void()> on_cancel_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CALL_SCOPE_H_
