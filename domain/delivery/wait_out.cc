#include "domain/delivery/wait_out.h"

#include "domain/timestamps.h"

namespace qantara::domain {

int64_t WaitOutEnd(const events::v1::SendWindow& window,
                   const std::string& boot_id, int64_t first_seen) {
  const int64_t wait =
      absl::ToInt64Milliseconds(FromProtoDuration(window.request_timeout()) +
                                FromProtoDuration(window.max_processing()));
  const bool same_boot = window.boot_id() == boot_id;
  return (same_boot ? window.send_by_boot_millis() : first_seen) + wait;
}

}  // namespace qantara::domain
