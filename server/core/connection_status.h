// Whether outbound work of a connection can go on.
#ifndef QANTARA_SERVER_CORE_CONNECTION_STATUS_H_
#define QANTARA_SERVER_CORE_CONNECTION_STATUS_H_

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// When half of the products, and 99 of 100, were last read at the earliest.
struct StockReads {
  absl::Time half;
  absl::Time most;
};

// Written by the worker and the poller, read by the services. Thread-safe.
class ConnectionStatus {
 public:
  // `detail` says for people why the state is what it is, without any secret;
  // empty where there is nothing to say.
  void SetState(v1::ConnectionState state, std::string detail = "") {
    {
      const std::lock_guard lock(mutex_);
      detail_ = std::move(detail);
      if (std::exchange(state_, state) == state) return;
    }
    if (on_change_) on_change_();
  }
  // PAUSED while it is paused, else what SetState told last.
  v1::ConnectionState state() const {
    const std::lock_guard lock(mutex_);
    return paused_ ? v1::CONNECTION_STATE_PAUSED : state_;
  }
  // What SetState told last, paused or not.
  v1::ConnectionState unpaused_state() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }

  // An operator had paused the connection, or let it go on, when the log stood
  // at `position`. What is older than the last one told has no effect: callers
  // need no common order.
  void SetPaused(bool paused, uint64_t position) {
    {
      const std::lock_guard lock(mutex_);
      if (position < paused_position_) return;
      paused_position_ = position;
      if (std::exchange(paused_, paused) == paused) return;
    }
    if (on_change_) on_change_();
  }

  // Requests per minute that are spent at most at present; 0: nobody told.
  void SetRequestsPerMinute(double rate) {
    const std::lock_guard lock(mutex_);
    requests_per_minute_ = rate;
  }
  double requests_per_minute() const {
    const std::lock_guard lock(mutex_);
    return requests_per_minute_;
  }
  std::string detail() const {
    const std::lock_guard lock(mutex_);
    return detail_;
  }

  // Runs `on_change` after each change of the state, on the thread that made
  // it; it must not block. Call before the status is shared.
  void OnChange(std::function<void()> on_change) {
    on_change_ = std::move(on_change);
  }

  // When the last complete sweep began, by the wall clock.
  void SetLastSweep(absl::Time began) {
    const std::lock_guard lock(mutex_);
    last_sweep_ = began;
  }
  // Nothing when there was none since the server started.
  std::optional<absl::Time> last_sweep() const {
    const std::lock_guard lock(mutex_);
    return last_sweep_;
  }

  // Time from the begin of one complete sweep to the begin of the next, as last
  // achieved.
  void SetPollInterval(absl::Duration interval) {
    const std::lock_guard lock(mutex_);
    poll_interval_ = interval;
  }
  // Nothing before two complete sweeps.
  std::optional<absl::Duration> poll_interval() const {
    const std::lock_guard lock(mutex_);
    return poll_interval_;
  }

  void SetStockReads(StockReads reads) {
    const std::lock_guard lock(mutex_);
    stock_reads_ = reads;
  }
  // Nothing before the first complete sweep.
  std::optional<StockReads> stock_reads() const {
    const std::lock_guard lock(mutex_);
    return stock_reads_;
  }

  // Why figures may not be relied on, for people; empty: nothing speaks against
  // them.
  void SetDoubt(std::string doubt) {
    const std::lock_guard lock(mutex_);
    doubt_ = std::move(doubt);
  }
  std::string doubt() const {
    const std::lock_guard lock(mutex_);
    return doubt_;
  }
  // Lists that disagreed with a single record.
  void CountDisagreement() {
    const std::lock_guard lock(mutex_);
    ++disagreements_;
  }
  uint64_t disagreements() const {
    const std::lock_guard lock(mutex_);
    return disagreements_;
  }

 private:
  std::function<void()> on_change_;
  mutable std::mutex mutex_;
  v1::ConnectionState state_ = v1::CONNECTION_STATE_ACTIVE;
  std::string detail_;
  bool paused_ = false;
  uint64_t paused_position_ = 0;
  double requests_per_minute_ = 0;
  std::optional<absl::Time> last_sweep_;
  std::optional<absl::Duration> poll_interval_;
  std::optional<StockReads> stock_reads_;
  std::string doubt_;
  uint64_t disagreements_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CONNECTION_STATUS_H_
