#include "domain/fold/fold_update.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/fold/item_change.h"
#include "domain/fold/parked_index.h"
#include "domain/fold/pending_updates.h"
#include "domain/fold/product_change.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::EventRecord;
using events::v1::ItemRef;
using events::v1::UpdateAnswered;
using events::v1::UpdateIntended;
using tables::v1::IntentRow;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

template <typename Updates>
absl::Status SetUpdates(const EventRecord& record,
                        const std::string& connection, const Updates& updates,
                        v1::UpdateState state, const UpdateAnswered* answer,
                        TableView& view) {
  for (const uint64_t update : updates) {
    std::string key = NumberKey(connection, update);
    QANTARA_ASSIGN_OR_RETURN(UpdateRow row,
                             GetRow<UpdateRow>(view, Table::kUpdates, key));
    const v1::UpdateState before = row.state();
    row.set_state(state);
    row.set_last_position(record.position());
    if (answer != nullptr) {
      *row.mutable_differences() = answer->differences();
      row.set_reason(answer->reason());
      *row.mutable_problems() = answer->problems();
    }
    IndexParkedUpdate(connection, update, before, row, view);
    PutRow(view, Table::kUpdates, std::move(key), row);
  }
  return absl::OkStatus();
}

v1::ItemState ItemStateOf(const UpdateAnswered& answer) {
  if (answer.gone()) return v1::ITEM_STATE_QUEUED;  // It is created again.
  switch (answer.state()) {
    case v1::UPDATE_STATE_APPLIED:
      return v1::ITEM_STATE_UPDATED;
    case v1::UPDATE_STATE_UNKNOWN:
      return v1::ITEM_STATE_UNKNOWN;
    case v1::UPDATE_STATE_REJECTED:
      return v1::ITEM_STATE_REJECTED;
    case v1::UPDATE_STATE_PARKED:
      return v1::ITEM_STATE_PARKED;
    default:
      return v1::ITEM_STATE_QUEUED;
  }
}

absl::Status SetItems(const EventRecord& record, const UpdateIntended& intent,
                      uint64_t position, const UpdateAnswered& answer,
                      ProductRow* product, TableView& view) {
  for (const ItemRef& ref : intent.items()) {
    QANTARA_ASSIGN_OR_RETURN(ItemChange change,
                             LoadItem(intent.connection(), ref, view));
    const v1::ItemState state = ItemStateOf(answer);
    change.row.set_state(state);
    change.row.set_intent(state == v1::ITEM_STATE_UNKNOWN ? position : 0);
    change.row.set_remote_id(intent.remote_id());
    const bool at_rest =
        state == v1::ITEM_STATE_REJECTED || state == v1::ITEM_STATE_PARKED;
    change.row.set_reason(at_rest ? answer.reason()
                                  : v1::ERROR_REASON_UNSPECIFIED);
    change.row.clear_problems();
    if (at_rest) *change.row.mutable_problems() = answer.problems();
    TrackItem(change.row.accepted_position(), change.old_state, state, product);
    if (state == v1::ITEM_STATE_UPDATED) RememberContent(change.row, product);
    QANTARA_RETURN_IF_ERROR(
        StoreItem(record, intent.connection(), ref, std::move(change), view));
  }
  return absl::OkStatus();
}

void DropPending(const UpdateIntended& intent, ProductRow* product) {
  auto& pending = *product->mutable_pending_updates();
  pending.erase(std::remove_if(pending.begin(), pending.end(),
                               [&](uint64_t update) {
                                 return std::find(intent.updates().begin(),
                                                  intent.updates().end(),
                                                  update) !=
                                        intent.updates().end();
                               }),
                pending.end());
}

// Older items do not take back what the updates set.
absl::Status StampUpdates(const UpdateIntended& intent, ProductRow* product,
                          const TableView& view) {
  for (const uint64_t update : intent.updates()) {
    QANTARA_ASSIGN_OR_RETURN(
        const UpdateRow row,
        GetRow<UpdateRow>(view, Table::kUpdates,
                          NumberKey(intent.connection(), update)));
    StampFields(update, row.fields(), product);
  }
  return absl::OkStatus();
}

// Without a record nothing that waits can be applied any more.
absl::Status SettleGone(const EventRecord& record, const UpdateAnswered& event,
                        ProductRow* product, TableView& view) {
  const std::string& connection = event.connection();
  const std::vector<uint64_t> waiting(product->pending_updates().begin(),
                                      product->pending_updates().end());
  product->clear_pending_updates();
  product->clear_single_updates();
  QANTARA_RETURN_IF_ERROR(SetUpdates(record, connection, waiting,
                                     v1::UPDATE_STATE_REJECTED, &event, view));
  QANTARA_RETURN_IF_ERROR(ReleaseSkus(connection, waiting, *product, view));
  UnmapProduct(connection, product, view);
  return absl::OkStatus();
}

// Updates that were refused together go alone, until all of them are settled.
void CountSingleUpdates(const UpdateAnswered& event,
                        const UpdateIntended& intent, ProductRow* product) {
  const uint32_t carried = static_cast<uint32_t>(intent.updates_size());
  if (event.state() != v1::UPDATE_STATE_RECORDED) {
    product->set_single_updates(product->single_updates() -
                                std::min(product->single_updates(), carried));
  } else if (event.answer() == events::v1::ANSWER_REFUSED) {
    product->set_single_updates(carried);
  }
}

// What a settled answer means for the product itself.
absl::Status SettleProduct(const EventRecord& record,
                           const UpdateAnswered& event, const IntentRow& open,
                           ProductRow* product, TableView& view) {
  const UpdateIntended& intent = open.update();
  const events::v1::Answer earlier = open.answer();
  const std::string& connection = event.connection();
  product->set_intent(0);
  const bool failed = event.answer() == events::v1::ANSWER_NOT_APPLIED &&
                      event.state() == v1::UPDATE_STATE_RECORDED &&
                      earlier == events::v1::ANSWER_UNKNOWN;
  if (failed) {
    product->set_update_failures(product->update_failures() + 1);
  } else if (event.state() != v1::UPDATE_STATE_RECORDED) {
    product->clear_update_failures();
  }
  if (event.state() == v1::UPDATE_STATE_APPLIED) {
    MergeFields(intent.fields(), product->mutable_desired());
    product->clear_content_digest();
    product->clear_content_unsent();
    QANTARA_RETURN_IF_ERROR(StampUpdates(intent, product, view));
    if (intent.fields().has_sku()) {
      QANTARA_RETURN_IF_ERROR(
          ChangeSku(connection, intent.fields().sku(), product, view));
    }
  }
  if (event.state() != v1::UPDATE_STATE_RECORDED) {
    DropPending(intent, product);
    QANTARA_RETURN_IF_ERROR(
        ReleaseSkus(connection, intent.updates(), *product, view));
  }
  CountSingleUpdates(event, intent, product);
  if (event.has_remote()) Acknowledge(event.remote(), product);
  if (event.gone()) {
    QANTARA_RETURN_IF_ERROR(SettleGone(record, event, product, view));
  }
  Enqueue(connection, *product, view);
  return absl::OkStatus();
}

}  // namespace

absl::Status FoldUpdateRecorded(const EventRecord& record,
                                const events::v1::ProductUpdateRecorded& event,
                                TableView& view) {
  const std::string& connection = event.connection();
  UpdateRow update;
  update.set_product_id(event.product_id());
  update.set_state(event.state());
  *update.mutable_fields() = event.fields();
  update.set_request_id(event.request_id());
  update.set_request_digest(event.request_digest());
  update.set_last_position(record.position());
  PutRow(view, Table::kUpdates, NumberKey(connection, record.position()),
         update);
  tables::v1::RequestRow request;
  request.set_digest(event.request_digest());
  request.set_update(record.position());
  PutRow(view, Table::kRequests, TextKey(connection, event.request_id()),
         request);
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, event.product_id(), view));
  if (event.state() == v1::UPDATE_STATE_UNCHANGED) {
    StampFields(record.position(), event.fields(), &product);
  }
  if (event.state() == v1::UPDATE_STATE_RECORDED) {
    product.add_pending_updates(record.position());
    if (event.fields().has_sku() && event.fields().sku() != product.sku()) {
      // Reserved in the same commit, so that nobody else can take it.
      QANTARA_RETURN_IF_ERROR(PointSku(connection, event.fields().sku(),
                                       product, /*former=*/false, view));
    }
    if (product.pending_updates_size() == 1 && product.intent() == 0) {
      Enqueue(connection, product, view);
    }
  }
  StoreProduct(record, connection, std::move(product), view);
  return absl::OkStatus();
}

absl::Status FoldUpdateIntended(const EventRecord& record,
                                const UpdateIntended& event, TableView& view) {
  const std::string& connection = event.connection();
  IntentRow intent;
  *intent.mutable_update() = event;
  PutRow(view, Table::kIntents, NumberKey(connection, record.position()),
         intent);
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, event.product_id(), view));
  Dequeue(connection, product, view);
  product.set_intent(record.position());
  StoreProduct(record, connection, std::move(product), view);
  for (const ItemRef& ref : event.items()) {
    QANTARA_ASSIGN_OR_RETURN(ItemChange change,
                             LoadItem(connection, ref, view));
    change.row.set_state(v1::ITEM_STATE_IN_FLIGHT);
    change.row.set_intent(record.position());
    // Its product exists: it cannot be the guilty one of a creating request.
    change.row.set_suspect_group(0);
    QANTARA_RETURN_IF_ERROR(
        StoreItem(record, connection, ref, std::move(change), view));
  }
  return SetUpdates(record, connection, event.updates(), v1::UPDATE_STATE_SENT,
                    nullptr, view);
}

absl::Status FoldUpdateAnswered(const EventRecord& record,
                                const UpdateAnswered& event, TableView& view) {
  const std::string& connection = event.connection();
  std::string intent_key = NumberKey(connection, event.intent());
  QANTARA_ASSIGN_OR_RETURN(
      IntentRow intent, GetRow<IntentRow>(view, Table::kIntents, intent_key));
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, event.product_id(), view));
  if (event.state() == v1::UPDATE_STATE_UNKNOWN) {
    intent.set_answer(event.answer());
    *intent.mutable_problems() = event.problems();
    PutRow(view, Table::kIntents, std::move(intent_key), intent);
  } else {
    view.Delete(Table::kIntents, std::move(intent_key));
    QANTARA_RETURN_IF_ERROR(
        SettleProduct(record, event, intent, &product, view));
  }
  QANTARA_RETURN_IF_ERROR(SetUpdates(record, connection,
                                     intent.update().updates(), event.state(),
                                     &event, view));
  QANTARA_RETURN_IF_ERROR(
      SetItems(record, intent.update(), event.intent(), event, &product, view));
  StoreProduct(record, connection, std::move(product), view);
  return absl::OkStatus();
}

}  // namespace qantara::domain
