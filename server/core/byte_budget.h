// A number of bytes that may be in use at once.
#ifndef QANTARA_SERVER_CORE_BYTE_BUDGET_H_
#define QANTARA_SERVER_CORE_BYTE_BUDGET_H_

#include <atomic>
#include <cstddef>

namespace qantara::server {

// Thread-safe.
class ByteBudget {
 public:
  explicit ByteBudget(size_t bytes) : limit_(bytes) {}

  // Takes `bytes` where they are free; anything is granted when nothing is in
  // use.
  bool TryTake(size_t bytes) {
    size_t used = used_.load();
    do {
      if (used != 0 && (used >= limit_ || bytes > limit_ - used)) return false;
    } while (!used_.compare_exchange_weak(used, used + bytes));
    return true;
  }

  void GiveBack(size_t bytes) { used_.fetch_sub(bytes); }

 private:
  const size_t limit_;
  std::atomic<size_t> used_{0};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_BYTE_BUDGET_H_
