// Holds requests until a test lets them go: the way to reach an exact moment
// without sleeping.
#ifndef TOOLS_SIMULATOR_HOLD_H_
#define TOOLS_SIMULATOR_HOLD_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace qantara::simulator {

enum class HoldPoint { kBeforeApply, kAfterApply };

// Which requests to hold, and where.
struct HoldRule {
  HoldPoint point = HoldPoint::kAfterApply;
  std::vector<std::string> methods;  // Empty: all.
  std::string path;                  // Prefix below the base: "/products".
};

// Thread-safe.
class Hold {
 public:
  // From now on requests that fit are held.
  void On(HoldRule rule);

  // Stops holding and lets everything go.
  void Off();

  // Lets `count` held requests go, oldest first; further ones are held on.
  void Release(int64_t count);

  // Off(), for ever.
  void Stop();

  // Called by a request that has reached `point`: blocks while it is held.
  void Pass(HoldPoint point, const std::string& method,
            const std::string& path);

  // Requests that are held now.
  int64_t waiting() const;

  // Waits until `count` requests are held. False after `timeout_ms`.
  bool WaitForHeld(int64_t count, int64_t timeout_ms) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool on_ = false;
  bool stopped_ = false;
  HoldRule rule_;
  // Tickets are given in order; those below released_ may go.
  int64_t next_ticket_ = 0;
  int64_t released_ = 0;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_HOLD_H_
