// Creating requests: claim, answer, settle.
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "domain/decide/decider.h"
#include "domain/decide/paused.h"
#include "domain/error.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::ItemOutcome;
using events::v1::ItemRef;
using tables::v1::IntentRow;
using tables::v1::ItemRow;
using tables::v1::ProductPointer;
using tables::v1::ProductRow;

absl::Status NotAnyMore(absl::string_view what) {
  return absl::AbortedError(absl::StrCat(what, " is not so any more"));
}

absl::StatusOr<ItemRow> GetItem(const TableReader& state,
                                const std::string& connection,
                                const ItemRef& ref) {
  return GetRow<ItemRow>(state, Table::kItems,
                         ItemKey(connection, ref.import_id(), ref.line()));
}

absl::StatusOr<ProductRow> GetProduct(const TableReader& state,
                                      const std::string& connection,
                                      uint64_t product_id) {
  return GetRow<ProductRow>(state, Table::kProducts,
                            NumberKey(connection, product_id));
}

// Whether the product may be created: it is not mapped and nothing is open.
bool CanBeCreated(const ProductRow& product) {
  return product.intent() == 0 &&
         (product.state() == v1::MAPPING_STATE_PENDING ||
          product.state() == v1::MAPPING_STATE_STALE);
}

void ParkTaken(uint64_t product_id, ItemOutcome* outcome) {
  v1::ItemProblem& problem = *outcome->add_problems();
  problem.set_reason(v1::ERROR_REASON_SKU_IN_USE);
  problem.set_message(absl::StrCat("record ", outcome->remote().id(),
                                   " is mapped to product ", product_id));
  outcome->set_state(v1::ITEM_STATE_PARKED);
  outcome->set_reason(v1::ERROR_REASON_SKU_IN_USE);
  outcome->clear_remote();
  outcome->clear_desired();
}

// A record can belong to one product only: an outcome that would map it twice
// is parked instead. `mapped` holds the records of earlier outcomes.
absl::Status ParkTakenRecord(const TableReader& state,
                             const std::string& connection,
                             absl::flat_hash_map<std::string, uint64_t>* mapped,
                             ItemOutcome* outcome) {
  if (!outcome->has_remote()) return absl::OkStatus();
  const uint64_t product_id = outcome->item().product_id();
  const std::string& record = outcome->remote().id();
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state, Table::kRemoteIds,
                              TextKey(connection, record)));
  if (pointer.has_value() && !pointer->former() &&
      pointer->product_id() != product_id) {
    ParkTaken(pointer->product_id(), outcome);
    return absl::OkStatus();
  }
  const auto [earlier, is_first] = mapped->emplace(record, product_id);
  if (!is_first) ParkTaken(earlier->second, outcome);
  return absl::OkStatus();
}

// Whether the outcome still speaks of the item's state.
bool Applies(const ItemRow& item, const ProductRow& product,
             const ItemOutcome& outcome, uint64_t intent) {
  if (intent != 0) {
    return item.intent() == intent && item.state() == v1::ITEM_STATE_UNKNOWN;
  }
  if (!IsWaiting(item.state()) || product.intent() != 0) return false;
  // What was found under the SKU says nothing about a product that is mapped.
  const bool found =
      outcome.has_remote() || outcome.duplicate_remote_ids_size() > 0;
  return !found || CanBeCreated(product);
}

bool IsSameItem(const ItemRef& left, const ItemRef& right) {
  return left.import_id() == right.import_id() && left.line() == right.line();
}

}  // namespace

absl::StatusOr<Decided<ClaimReply>> Decide(const ClaimCreate& command,
                                           const TableReader& state,
                                           const DecisionContext& context) {
  QANTARA_RETURN_IF_ERROR(CheckNotPaused(state, command.intent.connection()));
  QANTARA_RETURN_IF_ERROR(
      CheckSweptSinceRestore(state, command.intent.connection()));
  Decided<ClaimReply> decided;
  decided.reply.intent = context.next_position;
  PendingEvent event{DeliveryStream(command.intent.connection())};
  *event.event.mutable_create_intended() = command.intent;
  absl::flat_hash_set<uint64_t> products;
  for (ItemRef& ref : *event.event.mutable_create_intended()->mutable_items()) {
    QANTARA_ASSIGN_OR_RETURN(const ItemRow item,
                             GetItem(state, command.intent.connection(), ref));
    if (item.state() != v1::ITEM_STATE_QUEUED) return NotAnyMore("the item");
    QANTARA_ASSIGN_OR_RETURN(
        const ProductRow product,
        GetProduct(state, command.intent.connection(), item.product_id()));
    if (!CanBeCreated(product) || !products.insert(item.product_id()).second) {
      return NotAnyMore("the product");
    }
    ref.set_product_id(item.product_id());
    ref.set_previous_position(product.last_position());
  }
  if (products.empty()) return NotAnyMore("an empty claim");
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordCreateAnswer& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  const events::v1::CreateAnswered& answered = command.answered;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<IntentRow> intent,
      FindRow<IntentRow>(state, Table::kIntents,
                         NumberKey(answered.connection(), answered.intent())));
  if (!intent.has_value() || !intent->has_create() ||
      intent->answer() != events::v1::ANSWER_UNSPECIFIED ||
      answered.items_size() != intent->create().items_size()) {
    return NotAnyMore("the intent");
  }
  Decided<NoReply> decided;
  PendingEvent event{DeliveryStream(answered.connection())};
  event.causation = absl::StrCat("position:", answered.intent());
  events::v1::CreateAnswered& out = *event.event.mutable_create_answered();
  out = answered;
  absl::flat_hash_map<std::string, uint64_t> mapped;
  for (int i = 0; i < out.items_size(); ++i) {
    ItemOutcome& outcome = *out.mutable_items(i);
    const ItemRef& claimed = intent->create().items(i);
    if (!IsSameItem(outcome.item(), claimed)) return NotAnyMore("the item");
    QANTARA_ASSIGN_OR_RETURN(
        const ProductRow product,
        GetProduct(state, answered.connection(), claimed.product_id()));
    *outcome.mutable_item() = claimed;
    outcome.mutable_item()->set_previous_position(product.last_position());
    QANTARA_RETURN_IF_ERROR(
        ParkTakenRecord(state, answered.connection(), &mapped, &outcome));
  }
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const SettleItems& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  const events::v1::ItemsSettled& settled = command.settled;
  const std::string& connection = settled.connection();
  Decided<NoReply> decided;
  PendingEvent event{DeliveryStream(connection)};
  if (settled.intent() != 0) {
    event.causation = absl::StrCat("position:", settled.intent());
  }
  events::v1::ItemsSettled& out = *event.event.mutable_items_settled();
  out.set_connection(connection);
  out.set_intent(settled.intent());
  absl::flat_hash_set<uint64_t> products;
  absl::flat_hash_map<std::string, uint64_t> mapped;
  for (const ItemOutcome& outcome : settled.items()) {
    QANTARA_ASSIGN_OR_RETURN(const ItemRow item,
                             GetItem(state, connection, outcome.item()));
    QANTARA_ASSIGN_OR_RETURN(const ProductRow product,
                             GetProduct(state, connection, item.product_id()));
    if (!Applies(item, product, outcome, settled.intent()) ||
        !products.insert(item.product_id()).second) {
      continue;
    }
    ItemOutcome& kept = *out.add_items();
    kept = outcome;
    kept.mutable_item()->set_product_id(item.product_id());
    kept.mutable_item()->set_previous_position(product.last_position());
    QANTARA_RETURN_IF_ERROR(ParkTakenRecord(state, connection, &mapped, &kept));
  }
  if (out.items_size() > 0) decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
