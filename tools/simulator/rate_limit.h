// Requests per minute of one company: a window that slides.
#ifndef TOOLS_SIMULATOR_RATE_LIMIT_H_
#define TOOLS_SIMULATOR_RATE_LIMIT_H_

#include <cstdint>
#include <deque>

namespace qantara::simulator {

// Not thread-safe.
class RateLimit {
 public:
  // Counts a request at `now_ms`, when fewer than `requests` were counted in
  // the `window_ms` before. Returns 0 then, else the milliseconds until one
  // would be let through; a refused request does not count.
  int64_t Take(int64_t now_ms, int64_t requests, int64_t window_ms) {
    while (!taken_.empty() && taken_.front() <= now_ms - window_ms) {
      taken_.pop_front();
    }
    if (static_cast<int64_t>(taken_.size()) < requests) {
      taken_.push_back(now_ms);
      return 0;
    }
    return requests == 0 ? window_ms : taken_.front() + window_ms - now_ms;
  }

 private:
  std::deque<int64_t> taken_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_RATE_LIMIT_H_
