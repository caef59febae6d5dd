#include "domain/fold/fold_parked.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/fold/item_change.h"
#include "domain/fold/line_keys.h"
#include "domain/fold/parked_index.h"
#include "domain/fold/pending_updates.h"
#include "domain/fold/product_change.h"
#include "domain/item_state.h"
#include "domain/reopen_product.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;
using events::v1::EventRecord;
using events::v1::ItemRef;
using events::v1::ParkedDiscarded;
using events::v1::ParkedRetried;
using tables::v1::ItemRow;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

void RememberRequest(const EventRecord& record, const std::string& connection,
                     const std::string& request_id, const std::string& digest,
                     TableView& view) {
  tables::v1::RequestRow request;
  request.set_digest(digest);
  request.set_repair(record.position());
  PutRow(view, Table::kRequests, TextKey(connection, request_id), request);
}

void SetLine(const EventRecord& record, const ItemRef& ref,
             const AcceptedLine& line, ItemRow* row) {
  row->set_state(line.state());
  row->clear_reason();
  row->clear_problems();
  row->clear_failures();
  row->set_sku(line.sku());
  row->set_external_id(line.external_id());
  if (row->product_id() != line.product_id()) {
    row->set_product_id(line.product_id());
    row->clear_remote_id();
  }
  if (line.payload().empty()) return;
  if (row->received_digest().empty()) row->set_received_digest(row->digest());
  row->set_digest(line.digest());
  row->set_accepted_position(record.position());
  row->set_accepted_first_line(ref.line());
}

// The product that the item had before. Where the item leaves it, the external
// id goes along.
absl::Status LeaveProduct(const EventRecord& record, const ParkedRetried& event,
                          TableView& view) {
  const std::string& connection = event.connection();
  const uint64_t product_id = event.item().product_id();
  if (product_id == 0 || product_id == event.line().product_id()) {
    return absl::OkStatus();
  }
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, product_id, view));
  const std::string& external_id = event.line().external_id();
  if (!external_id.empty() && product.external_id() == external_id) {
    product.clear_external_id();
    view.Delete(Table::kExternalIds, TextKey(connection, external_id));
  }
  StoreProduct(record, connection, std::move(product), view);
  return absl::OkStatus();
}

// The product that the item has from now on.
absl::Status JoinProduct(const EventRecord& record, const ParkedRetried& event,
                         const ItemRow& item, TableView& view) {
  const std::string& connection = event.connection();
  const AcceptedLine& line = event.line();
  const bool stays = event.item().product_id() == line.product_id();
  if (!IsWaiting(line.state()) && !stays) return absl::OkStatus();
  ProductRow product;
  if (line.previous_position() == 0) {
    product.set_product_id(line.product_id());
    product.set_sku(line.sku());
    product.set_state(v1::MAPPING_STATE_PENDING);
  } else {
    QANTARA_ASSIGN_OR_RETURN(product,
                             LoadProduct(connection, line.product_id(), view));
  }
  ReopenProduct(&product);
  if (!line.external_id().empty()) {
    product.set_external_id(line.external_id());
  }
  TrackItem(item.accepted_position(), v1::ITEM_STATE_PARKED, line.state(),
            &product);
  StoreProduct(record, connection, std::move(product), view);
  return RaiseNextProductId(connection, line.product_id(), view);
}

absl::Status RetryItem(const EventRecord& record, const ParkedRetried& event,
                       TableView& view) {
  const std::string& connection = event.connection();
  const ItemRef& ref = event.item();
  QANTARA_ASSIGN_OR_RETURN(ItemChange change, LoadItem(connection, ref, view));
  SetLine(record, ref, event.line(), &change.row);
  QANTARA_RETURN_IF_ERROR(LeaveProduct(record, event, view));
  QANTARA_RETURN_IF_ERROR(JoinProduct(record, event, change.row, view));
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ImportRow import,
      GetRow<tables::v1::ImportRow>(view, Table::kImports,
                                    TextKey(connection, ref.import_id())));
  QANTARA_RETURN_IF_ERROR(
      TouchKeys(connection, import, ref.line(), event.line(), view));
  return StoreItem(record, connection, ref, std::move(change), view);
}

// Takes its place among the updates that wait. What was refused once goes
// alone, as far as it is among the oldest.
void InsertPending(uint64_t update, ProductRow* product) {
  auto& pending = *product->mutable_pending_updates();
  const auto place = std::lower_bound(pending.begin(), pending.end(), update);
  const uint32_t older = static_cast<uint32_t>(place - pending.begin());
  if (older <= product->single_updates()) {
    product->set_single_updates(product->single_updates() + 1);
  }
  pending.Add(update);
  std::sort(pending.begin(), pending.end());
}

absl::Status RetryUpdate(const EventRecord& record, const ParkedRetried& event,
                         TableView& view) {
  const std::string& connection = event.connection();
  std::string key = NumberKey(connection, event.update());
  QANTARA_ASSIGN_OR_RETURN(UpdateRow row,
                           GetRow<UpdateRow>(view, Table::kUpdates, key));
  row.set_state(event.has_fields() ? v1::UPDATE_STATE_RECORDED
                                   : v1::UPDATE_STATE_UNCHANGED);
  if (event.has_fields()) *row.mutable_fields() = event.fields();
  row.clear_differences();
  row.clear_reason();
  row.clear_problems();
  row.set_last_position(record.position());
  IndexParkedUpdate(connection, event.update(), v1::UPDATE_STATE_PARKED, row,
                    view);
  PutRow(view, Table::kUpdates, std::move(key), row);
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, event.product_id(), view));
  if (event.has_fields()) {
    if (product.intent() == 0) Dequeue(connection, product, view);
    InsertPending(event.update(), &product);
    if (row.fields().has_sku() && row.fields().sku() != product.sku()) {
      QANTARA_RETURN_IF_ERROR(PointSku(connection, row.fields().sku(), product,
                                       /*former=*/false, view));
    }
    if (product.intent() == 0) Enqueue(connection, product, view);
  }
  StoreProduct(record, connection, std::move(product), view);
  return absl::OkStatus();
}

v1::ItemProblem DiscardedBy(const ParkedDiscarded& event) {
  v1::ItemProblem problem;
  problem.set_reason(v1::ERROR_REASON_DISCARDED);
  problem.set_message(event.note());
  return problem;
}

absl::Status DiscardItem(const EventRecord& record,
                         const ParkedDiscarded& event, TableView& view) {
  const ItemRef& ref = event.item();
  QANTARA_ASSIGN_OR_RETURN(ItemChange change,
                           LoadItem(event.connection(), ref, view));
  change.row.set_state(v1::ITEM_STATE_CANCELLED);
  change.row.set_reason(v1::ERROR_REASON_DISCARDED);
  change.row.clear_problems();
  *change.row.add_problems() = DiscardedBy(event);
  return StoreItem(record, event.connection(), ref, std::move(change), view);
}

absl::Status DiscardUpdate(const EventRecord& record,
                           const ParkedDiscarded& event, TableView& view) {
  std::string key = NumberKey(event.connection(), event.update());
  QANTARA_ASSIGN_OR_RETURN(UpdateRow row,
                           GetRow<UpdateRow>(view, Table::kUpdates, key));
  row.set_state(v1::UPDATE_STATE_CANCELLED);
  row.set_reason(v1::ERROR_REASON_DISCARDED);
  row.clear_problems();
  *row.add_problems() = DiscardedBy(event);
  row.set_last_position(record.position());
  IndexParkedUpdate(event.connection(), event.update(), v1::UPDATE_STATE_PARKED,
                    row, view);
  PutRow(view, Table::kUpdates, std::move(key), row);
  return absl::OkStatus();
}

}  // namespace

absl::Status FoldParkedRetried(const EventRecord& record,
                               const ParkedRetried& event, TableView& view) {
  RememberRequest(record, event.connection(), event.request_id(),
                  event.request_digest(), view);
  return event.has_item() ? RetryItem(record, event, view)
                          : RetryUpdate(record, event, view);
}

absl::Status FoldParkedDiscarded(const EventRecord& record,
                                 const ParkedDiscarded& event,
                                 TableView& view) {
  RememberRequest(record, event.connection(), event.request_id(),
                  event.request_digest(), view);
  QANTARA_RETURN_IF_ERROR(event.has_item()
                              ? DiscardItem(record, event, view)
                              : DiscardUpdate(record, event, view));
  const uint64_t product_id =
      event.has_item() ? event.item().product_id() : event.product_id();
  if (product_id == 0) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(event.connection(), product_id, view));
  StoreProduct(record, event.connection(), std::move(product), view);
  return absl::OkStatus();
}

}  // namespace qantara::domain
