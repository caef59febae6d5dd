// Claims a product, sends one updating request, records its answer.
#ifndef QANTARA_SERVER_DELIVERY_UPDATE_SENDER_H_
#define QANTARA_SERVER_DELIVERY_UPDATE_SENDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/delivery/delivery_context.h"
#include "server/delivery/outbox_reader.h"

namespace qantara::server {

// Used on the worker's thread only.
class UpdateSender {
 public:
  // `context` must outlive it. `changed` runs after an answer was recorded.
  UpdateSender(DeliveryContext& context, std::function<void()> changed);

  // Sends the waiting updates of products, oldest first, each product's merged
  // into one request, as far as the gate lets it. Returns when to try again.
  int64_t SendQueued(const domain::TableSnapshot& tables);

  // Sends `fields` for one catalog line. Returns when to try again, or
  // Actor::kNever.
  int64_t SendItem(const WaitingItem& waiting, const v1::Product& fields);

  // Whether the intent was written by this process and has no answer yet.
  bool IsUnderWay(uint64_t intent) const { return under_way_.contains(intent); }

 private:
  // What one request will carry.
  struct Plan {
    uint64_t product_revision = 0;
    events::v1::UpdateIntended intent;
  };

  absl::StatusOr<std::optional<Plan>> PlanQueued(
      const domain::TableSnapshot& tables, uint64_t product_id);
  int64_t Send(Plan plan, domain::Lane lane);
  void OnAnswered(uint64_t position, const events::v1::UpdateIntended& intent,
                  const domain::RecordAnswer& answer);

  DeliveryContext& context_;
  const std::function<void()> changed_;
  std::set<uint64_t> under_way_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_UPDATE_SENDER_H_
