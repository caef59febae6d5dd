// Lets callbacks through until somebody closes it.
#ifndef QANTARA_ADAPTERS_GATEWAY_CALLBACK_GATE_H_
#define QANTARA_ADAPTERS_GATEWAY_CALLBACK_GATE_H_

#include <condition_variable>
#include <mutex>

namespace qantara::adapters {

// Shared by an owner and the callbacks that outlive it. Thread-safe.
class CallbackGate {
 public:
  // Whether the callback may run; then Leave must follow it. Callbacks may run
  // at once, and inside each other.
  bool Enter();
  void Leave();

  // Waits for the callbacks that run and lets no more through. Must not be
  // called inside one.
  void Close();

 private:
  std::mutex mutex_;
  std::condition_variable empty_;
  bool closed_ = false;
  int inside_ = 0;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_GATEWAY_CALLBACK_GATE_H_
