// What a watch of stock wants, checked.
#ifndef QANTARA_SERVER_INVENTORY_WATCH_WISHES_H_
#define QANTARA_SERVER_INVENTORY_WATCH_WISHES_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/event_log.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/core/core.h"
#include "server/inventory/stock_filter.h"

namespace qantara::server {

// Of one request.
struct WatchWishes {
  const Connection* connection = nullptr;
  StockFilter filter;
  absl::Duration heartbeat;
  bool latest = false;
  bool floor_at_zero = false;
  // Where to begin without a snapshot.
  std::optional<domain::Position> begin_after;
  // `begin_after` is from a token: history may not go back so far.
  bool resumes = false;

  // Whether the messages are the same for everybody who wants this.
  bool full_feed() const { return filter.all() && !latest && !floor_at_zero; }
};

inline constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(15);

// Errors: kNotFound; kInvalidArgument (FIELD_INVALID, FIELD_TOO_LONG,
// TOKEN_INVALID) with the field's path.
absl::StatusOr<WatchWishes> ReadWishes(const v1::WatchInventoryRequest& request,
                                       const Core& core);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_WATCH_WISHES_H_
