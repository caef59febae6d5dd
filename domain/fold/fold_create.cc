#include "domain/fold/fold_create.h"

#include <string>
#include <utility>

#include "domain/delivery/settle_outcome.h"
#include "domain/fold/connection_change.h"
#include "domain/fold/fold_import.h"
#include "domain/fold/item_change.h"
#include "domain/fold/product_change.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::EventRecord;
using events::v1::ItemOutcome;
using events::v1::ItemRef;
using tables::v1::IntentRow;
using tables::v1::ProductRow;

// What the item's new state means for its product.
absl::Status ApplyToProduct(const EventRecord& record,
                            const std::string& connection,
                            const ItemOutcome& outcome,
                            const ItemChange& change, uint64_t intent,
                            TableView& view) {
  const tables::v1::ItemRow& item = change.row;
  if (item.product_id() == 0) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(ProductRow product,
                           LoadProduct(connection, item.product_id(), view));
  product.set_intent(outcome.state() == v1::ITEM_STATE_UNKNOWN ? intent : 0);
  TrackItem(item.accepted_position(), change.old_state, outcome.state(),
            &product);
  switch (outcome.state()) {
    case v1::ITEM_STATE_CREATED:
    case v1::ITEM_STATE_LINKED:
      *product.mutable_desired() = outcome.desired();
      QANTARA_RETURN_IF_ERROR(
          MapProduct(connection, outcome.remote(), &product, view));
      RememberContent(item, &product);
      product.set_content_unsent(outcome.state() == v1::ITEM_STATE_LINKED);
      break;
    case v1::ITEM_STATE_UNCHANGED:
      RememberContent(item, &product);
      break;
    default:
      break;
  }
  // Mapped with work left (policy UPDATE): the update follows.
  if (outcome.state() == v1::ITEM_STATE_QUEUED && outcome.has_remote()) {
    QANTARA_RETURN_IF_ERROR(
        MapProduct(connection, outcome.remote(), &product, view));
    *product.mutable_desired() = outcome.desired();
  }
  if (outcome.duplicate_remote_ids_size() > 0) {
    product.set_state(v1::MAPPING_STATE_DUPLICATE);
    *product.mutable_duplicate_remote_ids() = outcome.duplicate_remote_ids();
  }
  // Without a SKU nobody can tell whether it exists: no later item of the
  // product is sent by itself.
  if (outcome.state() == v1::ITEM_STATE_PARKED &&
      outcome.reason() == v1::ERROR_REASON_OUTCOME_UNKNOWN) {
    product.set_state(v1::MAPPING_STATE_DUPLICATE);
  }
  StoreProduct(record, connection, std::move(product), view);
  return absl::OkStatus();
}

absl::Status ApplyOutcome(const EventRecord& record,
                          const std::string& connection,
                          const ItemOutcome& outcome, uint64_t intent,
                          bool failed, TableView& view) {
  QANTARA_ASSIGN_OR_RETURN(ItemChange change,
                           LoadItem(connection, outcome.item(), view));
  change.row.set_state(outcome.state());
  change.row.set_reason(outcome.reason());
  *change.row.mutable_problems() = outcome.problems();
  change.row.set_suspect_group(outcome.suspect_group());
  if (failed) change.row.set_failures(change.row.failures() + 1);
  const bool unknown = outcome.state() == v1::ITEM_STATE_UNKNOWN;
  change.row.set_intent(unknown ? intent : 0);
  if (outcome.has_remote()) change.row.set_remote_id(outcome.remote().id());
  QANTARA_RETURN_IF_ERROR(
      ApplyToProduct(record, connection, outcome, change, intent, view));
  return StoreItem(record, connection, outcome.item(), std::move(change), view);
}

// A refusal of some suspects narrows the search to them.
absl::Status NarrowSearch(const std::string& connection,
                          const events::v1::ItemsSettled& event,
                          const IntentRow& intent, TableView& view) {
  const uint64_t old_group = intent.create().suspect_group();
  if (old_group == 0) return absl::OkStatus();
  for (const ItemOutcome& outcome : event.items()) {
    if (outcome.suspect_group() == event.intent()) {
      return NarrowGroup(connection, old_group, event.intent(), view);
    }
  }
  return absl::OkStatus();
}

void StoreIntent(const std::string& connection, uint64_t position,
                 const IntentRow& row, TableView& view) {
  std::string key = NumberKey(connection, position);
  if (row.open_items() == 0) {
    view.Delete(Table::kIntents, std::move(key));
  } else {
    PutRow(view, Table::kIntents, std::move(key), row);
  }
}

// What an event changes in the numbers of the connection's creating requests.
struct CreateNumbers {
  int opened = 0;   // Requests that are open from now on; below 0: closed.
  int created = 0;  // Records.
};

absl::Status AddNumbers(const EventRecord& record,
                        const std::string& connection,
                        const CreateNumbers& numbers, TableView& view) {
  return ChangeConnection(
      connection, view, [&](tables::v1::ConnectionRow& row) {
        row.set_open_creates(row.open_creates() + numbers.opened);
        row.set_created_records(row.created_records() + numbers.created);
        row.set_last_create_position(record.position());
        return true;
      });
}

// The first create of an import: what was counted until now was before it.
absl::Status BeginCreates(const std::string& connection,
                          const std::string& import_id, TableView& view) {
  std::string key = TextKey(connection, import_id);
  QANTARA_ASSIGN_OR_RETURN(
      tables::v1::ImportRow row,
      GetRow<tables::v1::ImportRow>(view, Table::kImports, key));
  if (row.create_begun()) return absl::OkStatus();
  row.set_create_begun(true);
  QANTARA_RETURN_IF_ERROR(RememberCount(connection, view, &row));
  PutRow(view, Table::kImports, std::move(key), row);
  return absl::OkStatus();
}

// `chunk_size` 0: as it was.
absl::Status SetPace(const std::string& connection, uint32_t chunk_size,
                     bool clean_single, TableView& view) {
  return ChangeConnection(
      connection, view, [&](tables::v1::ConnectionRow& row) {
        if (chunk_size != 0 && row.chunk_size() != chunk_size) {
          row.set_chunk_size(chunk_size);
          row.clear_clean_singles();
          return true;
        }
        if (!clean_single || row.chunk_size() != 1) return false;
        row.set_clean_singles(row.clean_singles() + 1);
        return true;
      });
}

}  // namespace

absl::Status FoldCreateIntended(const EventRecord& record,
                                const events::v1::CreateIntended& event,
                                TableView& view) {
  IntentRow intent;
  *intent.mutable_create() = event;
  intent.set_open_items(event.items_size());
  PutRow(view, Table::kIntents,
         NumberKey(event.connection(), record.position()), intent);
  QANTARA_RETURN_IF_ERROR(
      AddNumbers(record, event.connection(), {.opened = 1}, view));
  std::string import_id;
  for (const ItemRef& ref : event.items()) {
    if (ref.import_id() != import_id) {
      import_id = ref.import_id();
      QANTARA_RETURN_IF_ERROR(
          BeginCreates(event.connection(), import_id, view));
    }
    QANTARA_ASSIGN_OR_RETURN(ItemChange change,
                             LoadItem(event.connection(), ref, view));
    change.row.set_state(v1::ITEM_STATE_IN_FLIGHT);
    change.row.set_intent(record.position());
    QANTARA_ASSIGN_OR_RETURN(
        ProductRow product,
        LoadProduct(event.connection(), ref.product_id(), view));
    product.set_intent(record.position());
    StoreProduct(record, event.connection(), std::move(product), view);
    QANTARA_RETURN_IF_ERROR(
        StoreItem(record, event.connection(), ref, std::move(change), view));
  }
  return absl::OkStatus();
}

absl::Status FoldCreateAnswered(const EventRecord& record,
                                const events::v1::CreateAnswered& event,
                                TableView& view) {
  QANTARA_ASSIGN_OR_RETURN(
      IntentRow intent,
      GetRow<IntentRow>(view, Table::kIntents,
                        NumberKey(event.connection(), event.intent())));
  uint32_t open = 0;
  CreateNumbers numbers;
  for (const ItemOutcome& outcome : event.items()) {
    if (outcome.state() == v1::ITEM_STATE_UNKNOWN) ++open;
    if (outcome.state() == v1::ITEM_STATE_CREATED) ++numbers.created;
    QANTARA_RETURN_IF_ERROR(ApplyOutcome(record, event.connection(), outcome,
                                         event.intent(), /*failed=*/false,
                                         view));
  }
  const bool clean_single = event.answer() == events::v1::ANSWER_CONFIRMED &&
                            open == 0 && intent.create().single();
  intent.set_answer(event.answer());
  intent.set_settle_after_boot_millis(event.settle_after_boot_millis());
  intent.set_open_items(open);
  *intent.mutable_problems() = event.problems();
  StoreIntent(event.connection(), event.intent(), intent, view);
  if (open == 0) numbers.opened = -1;
  QANTARA_RETURN_IF_ERROR(
      AddNumbers(record, event.connection(), numbers, view));
  return SetPace(event.connection(), event.chunk_size(), clean_single, view);
}

absl::Status FoldItemsSettled(const EventRecord& record,
                              const events::v1::ItemsSettled& event,
                              TableView& view) {
  IntentRow intent;
  if (event.intent() != 0) {
    QANTARA_ASSIGN_OR_RETURN(
        intent,
        GetRow<IntentRow>(view, Table::kIntents,
                          NumberKey(event.connection(), event.intent())));
  }
  uint32_t closed = 0;
  CreateNumbers numbers;
  for (const ItemOutcome& outcome : event.items()) {
    if (outcome.state() != v1::ITEM_STATE_UNKNOWN) ++closed;
    if (outcome.state() == v1::ITEM_STATE_CREATED) ++numbers.created;
    const bool failed = outcome.state() == v1::ITEM_STATE_QUEUED &&
                        !outcome.has_remote() &&
                        CountsAsFailure(intent.answer());
    QANTARA_RETURN_IF_ERROR(ApplyOutcome(record, event.connection(), outcome,
                                         event.intent(), failed, view));
  }
  if (event.intent() == 0) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(
      NarrowSearch(event.connection(), event, intent, view));
  intent.set_open_items(intent.open_items() - closed);
  StoreIntent(event.connection(), event.intent(), intent, view);
  if (intent.open_items() == 0) numbers.opened = -1;
  return AddNumbers(record, event.connection(), numbers, view);
}

}  // namespace qantara::domain
