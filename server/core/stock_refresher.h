// Reads stock again on request, and knows how old each reading is.
#ifndef QANTARA_SERVER_CORE_STOCK_REFRESHER_H_
#define QANTARA_SERVER_CORE_STOCK_REFRESHER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"

namespace qantara::server {

// What to read: these records, or all of a category.
struct RefreshWish {
  std::vector<std::string> remote_ids;
  std::string category_id;
};

// What was read. Everything is in the log up to `position`.
struct RefreshOutcome {
  uint32_t read = 0;
  uint32_t gone = 0;
  domain::Position position = 0;
};

// Implemented by the poller of a connection. Thread-safe.
class StockRefresher {
 public:
  // Records and categories that wait to be read.
  static constexpr size_t kMaxWaiting = 10'000;

  virtual ~StockRefresher() = default;

  // Reads what is wished in the lane of refreshing. Wishes for the same record
  // or category that have not been asked for yet share one request. A wish for
  // a record also shares one that was sent up to 500 ms before the wish
  // (StockRefresh::kShareMillis): its figures may be that much older. `done`
  // runs once, on any thread, and must not block; not after the refresher is
  // gone.
  //
  // Errors given to `done`: kDeadlineExceeded when `deadline`, by
  // Clock::BootMillis, passed first: what was read until then is recorded;
  // kUnavailable (CREDENTIALS_NEEDED, PROVIDER_UNAVAILABLE, ...) when the
  // provider cannot be asked or failed; kResourceExhausted (OVERLOADED) beyond
  // kMaxWaiting.
  virtual void Refresh(
      RefreshWish wish, int64_t deadline,
      std::function<void(absl::StatusOr<RefreshOutcome>)> done) = 0;

  // When the record was last read; nothing when it was not since the start.
  virtual std::optional<absl::Time> LastRead(
      const std::string& remote_id) const = 0;

  // The oldest time at which any record was last read; nothing before the first
  // complete sweep.
  virtual std::optional<absl::Time> OldestRead() const = 0;

  // Somebody is interested in these records now: they are read more often for a
  // while. Beyond a bound the oldest interest is forgotten.
  virtual void Want(const std::vector<std::string>& remote_ids) = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_STOCK_REFRESHER_H_
