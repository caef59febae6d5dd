// Waits for what a callback brings.
#ifndef QANTARA_TESTS_ADAPTERS_SUPPORT_AWAITED_H_
#define QANTARA_TESTS_ADAPTERS_SUPPORT_AWAITED_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace qantara::adapters {

// Collects the values that a callback is given. Copies share one collection.
template <typename T>
class Awaited {
 public:
  std::function<void(T)> callback() const {
    return [shared = shared_](T value) {
      std::lock_guard<std::mutex> lock(shared->mutex);
      shared->values.push_back(std::move(value));
      shared->changed.notify_all();
    };
  }

  // Waits for the first value.
  T Wait() const { return WaitFor(1).front(); }

  // Waits until there are `count` values.
  std::vector<T> WaitFor(size_t count) const {
    std::unique_lock<std::mutex> lock(shared_->mutex);
    shared_->changed.wait(lock,
                          [&] { return shared_->values.size() >= count; });
    return shared_->values;
  }

  // How many values there are now.
  size_t count() const {
    std::lock_guard<std::mutex> lock(shared_->mutex);
    return shared_->values.size();
  }

 private:
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<T> values;
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_SUPPORT_AWAITED_H_
