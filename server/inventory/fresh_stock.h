// Stock that is read again from the provider where the caller wants that.
#ifndef QANTARA_SERVER_INVENTORY_FRESH_STOCK_H_
#define QANTARA_SERVER_INVENTORY_FRESH_STOCK_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/core.h"
#include "server/core/product_writer.h"
#include "server/core/slots.h"
#include "server/inventory/shared_readings.h"

namespace qantara::server {

// Where an answer goes.
template <typename Response>
using AnswerTo = std::function<void(absl::StatusOr<Response>)>;

// What GetInventory and RefreshInventory do. Thread-safe; never blocks, and no
// thread waits for the provider. The answers run once, on the executor or, for
// bad requests, at once.
class FreshStock {
 public:
  // How long a call without a deadline waits, and the longest of all waits.
  static constexpr absl::Duration kUsualPatience = absl::Seconds(30);
  static constexpr absl::Duration kMaxPatience = absl::Minutes(10);
  // Bound of `max_age`.
  static constexpr absl::Duration kMaxAge = absl::Hours(24 * 365);
  // Keys of one RefreshInventory.
  static constexpr int kMaxKeys = 100;
  // Calls that may wait at once; more are RESOURCE_EXHAUSTED.
  static constexpr int kMaxWaiting = 10'000;

  // `core` must outlive it, and the refreshers of its connections the calls.
  explicit FreshStock(Core& core)
      : core_(core), readings_(SharedReadings::Make(core.clock)) {}

  // Callers that want the same record share a reading that is recent enough for
  // each of them.
  void Get(const v1::GetInventoryRequest& request, const WriteCall& call,
           const AnswerTo<v1::GetInventoryResponse>& answer);
  void Refresh(const v1::RefreshInventoryRequest& request,
               const WriteCall& call,
               const AnswerTo<v1::RefreshInventoryResponse>& answer);

 private:
  Core& core_;
  const std::shared_ptr<SharedReadings> readings_;
  const std::shared_ptr<Slots> waiting_ = std::make_shared<Slots>(kMaxWaiting);
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_FRESH_STOCK_H_
