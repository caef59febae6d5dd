// Waits, without a thread, until something in the tables is settled.
#ifndef QANTARA_SERVER_CORE_SETTLE_WAIT_H_
#define QANTARA_SERVER_CORE_SETTLE_WAIT_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "server/core/call_scope.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"

namespace qantara::server {

// What is waited for.
struct SettleSpec {
  // What is followed; see touched_keys.h.
  std::string key;
  // Tables older than this position are not looked at.
  domain::Position from = 0;
  absl::Duration patience;
  // Looks at the tables and returns whether it is settled. Runs on the
  // executor, never twice at once.
  std::function<absl::StatusOr<bool>(const domain::TableSnapshot&)> look;
  // Runs once, on the executor: whether it settled, or false when patience
  // ended or the caller is gone.
  std::function<void(absl::StatusOr<bool>)> done;
};

// One wait. It owns itself until it is over.
class SettleWait : public CommitListener,
                   public std::enable_shared_from_this<SettleWait> {
 public:
  static void Start(Core& core, SettleSpec spec, CallScope& scope);

  void OnTouched(domain::Position, const std::vector<uint32_t>&) override;

 private:
  SettleWait(Core& core, SettleSpec spec);
  void Look();
  void GiveUp();

  Core& core_;
  const SettleSpec spec_;
  SerialJob look_;
  Timer::Id timer_;
  std::mutex mutex_;
  bool given_up_ = false;  // Guarded by mutex_.
  // Owns this until the wait is over; guarded by mutex_.
  std::shared_ptr<SettleWait> self_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_SETTLE_WAIT_H_
