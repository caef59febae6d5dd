#include "server/inventory/watch_wishes.h"

#include "domain/status_macros.h"
#include "domain/timestamps.h"
#include "server/core/invalid.h"
#include "server/core/resume_token.h"

namespace qantara::server {
namespace {

constexpr absl::Duration kMinHeartbeat = absl::Seconds(1);
constexpr absl::Duration kMaxHeartbeat = absl::Hours(1);

absl::Status ReadBegin(const v1::WatchInventoryRequest& request,
                       const domain::EventLog& log, WatchWishes* wishes) {
  if (!v1::WatchStart_IsValid(request.start())) {
    return Invalid("start", v1::ERROR_REASON_FIELD_INVALID,
                   "is not a value of WatchStart");
  }
  if (!request.resume_token().empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        wishes->begin_after,
        ReadResumeToken(wishes->connection->id(), request.resume_token()));
    if (*wishes->begin_after > log.head()) {
      return Invalid("resume_token", v1::ERROR_REASON_TOKEN_INVALID,
                     "was made for another log");
    }
    wishes->resumes = true;
  } else if (request.start() == v1::WATCH_START_NOW) {
    wishes->begin_after = log.head();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WatchWishes> ReadWishes(const v1::WatchInventoryRequest& request,
                                       const Core& core) {
  WatchWishes wishes;
  QANTARA_ASSIGN_OR_RETURN(
      wishes.connection,
      core.connections.FindWithStock(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(wishes.filter, StockFilter::Make(request.filter()));
  wishes.heartbeat = kDefaultHeartbeat;
  if (request.has_heartbeat_interval()) {
    wishes.heartbeat = domain::FromProtoDuration(request.heartbeat_interval());
    if (wishes.heartbeat < kMinHeartbeat || wishes.heartbeat > kMaxHeartbeat) {
      return Invalid("heartbeat_interval", v1::ERROR_REASON_FIELD_INVALID,
                     "must be 1 s to 1 h");
    }
  }
  if (!v1::WatchDelivery_IsValid(request.delivery())) {
    return Invalid("delivery", v1::ERROR_REASON_FIELD_INVALID,
                   "is not a value of WatchDelivery");
  }
  wishes.latest = request.delivery() == v1::WATCH_DELIVERY_LATEST;
  wishes.floor_at_zero = request.floor_at_zero();
  QANTARA_RETURN_IF_ERROR(ReadBegin(request, core.log, &wishes));
  return wishes;
}

}  // namespace qantara::server
