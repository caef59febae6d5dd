// Settles requests whose outcome is unknown, by reading back.
#ifndef QANTARA_SERVER_DELIVERY_SETTLER_H_
#define QANTARA_SERVER_DELIVERY_SETTLER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "domain/delivery/outbound_item.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/delivery/delivery_context.h"
#include "server/delivery/outbox_reader.h"
#include "server/delivery/read_back.h"

namespace qantara::server {

// Follows the rules of DESIGN.md part 4: waits until nothing can land any more,
// reads back, and reads once more after the read lag before it believes that
// something is absent. Used on the worker's thread only.
class Settler {
 public:
  // References must outlive it. `changed` runs after something was settled,
  // `found` with every record that a reading shows: older looks at it are not
  // true any more.
  Settler(DeliveryContext& context, OutboxReader& items,
          std::function<void()> changed,
          std::function<void(const v1::RemoteProduct& record)> found);

  // Records every intent that `is_under_way` does not know and that has no
  // answer as interrupted: a process before this one was stopped. Returns how
  // many there were.
  absl::StatusOr<int> RecordInterrupted(
      const domain::TableSnapshot& tables,
      const std::function<bool(uint64_t)>& is_under_way);

  // Makes the next reading that is due. Returns when to come again.
  int64_t Advance(const domain::TableSnapshot& tables);

 private:
  // An intent whose outcome is unknown.
  struct Open {
    uint64_t position = 0;
    tables::v1::IntentRow row;
  };
  // What this process knows of an open intent.
  struct Progress {
    int64_t first_seen = 0;
    int readings = 0;
    int64_t last_began = 0;
  };
  // One reading under way, for one or more creating requests.
  struct CreateReading {
    std::vector<Open> intents;
    std::map<uint64_t, std::vector<domain::OutboundItem>> items;
    int64_t began = 0;  // When its last request left.
    std::unique_ptr<ReadBack> read_back;
    bool waiting = false;
  };

  // The oldest kMaxOpenIntents; `unanswered`: of those without an answer.
  absl::StatusOr<std::vector<Open>> OpenIntents(
      const domain::TableSnapshot& tables, bool unanswered);
  int64_t DueAt(const Open& open);
  absl::StatusOr<std::vector<domain::OutboundItem>> ItemsOf(
      const domain::TableSnapshot& tables, const Open& open);
  void AddNames(const Open& open, const std::string& sku,
                std::vector<std::string>* names) const;
  absl::Status Begin(const domain::TableSnapshot& tables,
                     std::vector<Open> intents);
  int64_t ReadNext();
  void OnPage(const domain::PageAnswer& answer);
  // Settles the items that were found so far; the others, too, when this was
  // the whole reading.
  void Settle(bool whole);
  bool AllSettled() const;
  void Forget(const std::vector<Open>& open);

  int64_t ReadUpdate(const Open& open);
  void OnUpdateRead(const Open& open, const domain::RecordAnswer& answer);
  uint32_t FailuresOf(uint64_t product_id) const;

  DeliveryContext& context_;
  OutboxReader& items_;
  const std::function<void()> changed_;
  const std::function<void(const v1::RemoteProduct& record)> found_;
  std::map<uint64_t, Progress> progress_;
  std::unique_ptr<CreateReading> reading_;
  // Updating requests that are being read.
  std::set<uint64_t> reading_updates_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_SETTLER_H_
