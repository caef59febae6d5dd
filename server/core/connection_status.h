// Whether outbound work of a connection can go on.
#ifndef QANTARA_SERVER_CORE_CONNECTION_STATUS_H_
#define QANTARA_SERVER_CORE_CONNECTION_STATUS_H_

#include <mutex>
#include <optional>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// Written by the worker and the poller, read by the services. Thread-safe.
class ConnectionStatus {
 public:
  void SetState(v1::ConnectionState state) {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }
  v1::ConnectionState state() const {
    const std::lock_guard lock(mutex_);
    return state_;
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

 private:
  mutable std::mutex mutex_;
  v1::ConnectionState state_ = v1::CONNECTION_STATE_ACTIVE;
  std::optional<absl::Time> last_sweep_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CONNECTION_STATUS_H_
