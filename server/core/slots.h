// A number of places that may be taken at once.
#ifndef QANTARA_SERVER_CORE_SLOTS_H_
#define QANTARA_SERVER_CORE_SLOTS_H_

#include <atomic>
#include <memory>

namespace qantara::server {

// Thread-safe.
class Slots {
 public:
  // A taken place; free again when the last owner drops it.
  using Slot = std::shared_ptr<void>;

  explicit Slots(int limit) : limit_(limit) {}

  // Returns a place, or null when all are taken. It must not outlive this.
  Slot Take() {
    if (taken_.fetch_add(1) >= limit_) {
      taken_.fetch_sub(1);
      return nullptr;
    }
    return Slot(static_cast<void*>(this),
                [this](void*) { taken_.fetch_sub(1); });
  }

  int taken() const { return taken_.load(); }

 private:
  const int limit_;
  std::atomic<int> taken_{0};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_SLOTS_H_
