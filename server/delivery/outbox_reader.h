// Reads the items that wait in the outbox, with what they want.
#ifndef QANTARA_SERVER_DELIVERY_OUTBOX_READER_H_
#define QANTARA_SERVER_DELIVERY_OUTBOX_READER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/delivery/outbound_item.h"
#include "domain/line.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

// One waiting item.
struct WaitingItem {
  domain::OutboundItem item;
  // As accepted; only payload and digest are set.
  domain::ParsedLine line;
  tables::v1::ItemRow row;
  tables::v1::ProductRow product;
  bool single = false;
};

// Not thread-safe.
class OutboxReader {
 public:
  // References must outlive the reader.
  // `derives_names`: a product without `api_name` gets the one that
  // DeriveApiName makes of the connection, its line's external id and its SKU.
  OutboxReader(std::string connection, const domain::EventLog& log,
               bool derives_names = false);

  // Visits QUEUED and BLOCKED items in the order in which they were accepted,
  // at most `limit` of them, until `visit` returns false. An item whose visit
  // returns true and for which nothing can be done now should be reported by
  // `visit` as idle: a batch that holds only such items is left out until
  // Forget.
  //
  // Errors: kDataLoss.
  enum class Visit { kUsed, kIdle, kStop };
  absl::Status Read(const domain::TableSnapshot& tables, int limit,
                    const std::function<Visit(WaitingItem)>& visit);

  // Items that waited when Read was last called, as far as it looked.
  size_t waiting() const { return waiting_; }

  // Something changed: look at every batch again.
  void Forget() { idle_batches_.clear(); }

  // Loads one item by what names it.
  absl::StatusOr<WaitingItem> Load(const domain::TableSnapshot& tables,
                                   const events::v1::ItemRef& ref);

 private:
  absl::Status ReadBatch(const domain::TableSnapshot& tables,
                         domain::Position position,
                         const tables::v1::OutboxRow& row, int* limit,
                         bool* stopped,
                         const std::function<Visit(WaitingItem)>& visit);
  absl::StatusOr<domain::EventRecordPtr> Batch(domain::Position position);
  absl::StatusOr<WaitingItem> Join(const domain::TableSnapshot& tables,
                                   const std::string& import_id, uint32_t line,
                                   tables::v1::ItemRow row);
  void DeriveName(const tables::v1::ItemRow& row, v1::Product* product) const;

  const std::string connection_;
  const domain::EventLog& log_;
  const bool derives_names_;
  // The batch that was read last: its items follow one another.
  domain::EventRecordPtr batch_;
  size_t waiting_ = 0;
  absl::flat_hash_set<domain::Position> idle_batches_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_OUTBOX_READER_H_
