// Updates of products: record, claim, answer.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decide/decider.h"
#include "domain/decide/paused.h"
#include "domain/decide/requests.h"
#include "domain/decide/update_checks.h"
#include "domain/error.h"
#include "domain/find_product.h"
#include "domain/held_fields.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using tables::v1::IntentRow;
using tables::v1::ItemRow;
using tables::v1::ProductRow;

absl::Status CheckRevision(const RecordUpdate& command, const ProductRow& row) {
  if (!command.expected_revision.has_value() ||
      *command.expected_revision == row.revision()) {
    return absl::OkStatus();
  }
  const std::string expected = absl::StrCat(*command.expected_revision);
  const std::string actual = absl::StrCat(row.revision());
  return MakeError(absl::StatusCode::kAborted,
                   v1::ERROR_REASON_REVISION_CONFLICT,
                   absl::StrCat("revision is ", actual, ", not ", expected),
                   {{"expected", expected}, {"actual", actual}});
}

// The provider holds all of it, and nothing is under way that could change it;
// or nothing is left of it that the provider could take.
bool HoldsAlready(const RecordUpdate& command, const ProductRow& row) {
  if (PresentFields(command.fields).empty()) return true;
  return row.intent() == 0 && row.pending_updates_size() == 0 &&
         row.differing_fields_size() == 0 &&
         PresentFields(DifferingFields(command.fields, HeldFields(row)))
             .empty();
}

absl::Status NotAnyMore(absl::string_view what) {
  return absl::AbortedError(absl::StrCat(what, " is not so any more"));
}

absl::Status CheckClaim(const ClaimUpdate& command, const ProductRow& row) {
  const events::v1::UpdateIntended& intent = command.intent;
  if (row.revision() != command.product_revision || row.intent() != 0 ||
      row.state() != v1::MAPPING_STATE_MAPPED ||
      row.remote_id() != intent.remote_id() ||
      (intent.updates().empty() && intent.items().empty()) ||
      intent.updates_size() > row.pending_updates_size() ||
      !std::equal(intent.updates().begin(), intent.updates().end(),
                  row.pending_updates().begin())) {
    return NotAnyMore("the product");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Decided<RecordUpdateReply>> Decide(const RecordUpdate& command,
                                                  const TableReader& state,
                                                  const DecisionContext& ctx) {
  Decided<RecordUpdateReply> decided;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<tables::v1::RequestRow> request,
      FindRequest(state, command.connection, command.request_id,
                  command.request_digest, RequestKind::kUpdate));
  if (request.has_value()) {
    QANTARA_ASSIGN_OR_RETURN(
        const tables::v1::UpdateRow update,
        GetRow<tables::v1::UpdateRow>(
            state, Table::kUpdates,
            NumberKey(command.connection, request->update())));
    decided.reply = {request->update(), update.product_id()};
    return decided;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow row,
      FindProduct(state, command.connection, command.product));
  QANTARA_RETURN_IF_ERROR(CheckMapped(row, command.product.value));
  QANTARA_RETURN_IF_ERROR(CheckRevision(command, row));
  QANTARA_RETURN_IF_ERROR(
      CheckSkuFree(command.connection, command.fields, row, state));

  PendingEvent event{ProductStream(command.connection, row.product_id())};
  event.causation = command.request_id;
  auto& recorded = *event.event.mutable_product_update_recorded();
  recorded.set_connection(command.connection);
  recorded.set_product_id(row.product_id());
  recorded.set_request_id(command.request_id);
  recorded.set_request_digest(command.request_digest);
  *recorded.mutable_fields() = command.fields;
  recorded.set_state(HoldsAlready(command, row) ? v1::UPDATE_STATE_UNCHANGED
                                                : v1::UPDATE_STATE_RECORDED);
  recorded.set_previous_position(row.last_position());
  decided.reply = {ctx.next_position, row.product_id()};
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<ClaimReply>> Decide(const ClaimUpdate& command,
                                           const TableReader& state,
                                           const DecisionContext& context) {
  const std::string& connection = command.intent.connection();
  QANTARA_RETURN_IF_ERROR(CheckNotPaused(state, connection));
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow row,
      GetRow<ProductRow>(state, Table::kProducts,
                         NumberKey(connection, command.intent.product_id())));
  QANTARA_RETURN_IF_ERROR(CheckClaim(command, row));
  Decided<ClaimReply> decided;
  decided.reply.intent = context.next_position;
  PendingEvent event{ProductStream(connection, row.product_id())};
  auto& intended = *event.event.mutable_update_intended();
  intended = command.intent;
  intended.set_previous_position(row.last_position());
  for (events::v1::ItemRef& ref : *intended.mutable_items()) {
    QANTARA_ASSIGN_OR_RETURN(
        const ItemRow item,
        GetRow<ItemRow>(state, Table::kItems,
                        ItemKey(connection, ref.import_id(), ref.line())));
    if (item.state() != v1::ITEM_STATE_QUEUED ||
        item.product_id() != row.product_id()) {
      return NotAnyMore("the item");
    }
    ref.set_product_id(row.product_id());
    ref.set_previous_position(item.last_position());
  }
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordUpdateAnswer& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  const events::v1::UpdateAnswered& answered = command.answered;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<IntentRow> intent,
      FindRow<IntentRow>(state, Table::kIntents,
                         NumberKey(answered.connection(), answered.intent())));
  if (!intent.has_value() || !intent->has_update() ||
      intent->update().product_id() != answered.product_id()) {
    return NotAnyMore("the intent");
  }
  Decided<NoReply> decided;
  if (answered.state() == v1::UPDATE_STATE_UNKNOWN &&
      intent->answer() != events::v1::ANSWER_UNSPECIFIED) {
    return decided;  // It is known to be unknown.
  }
  PendingEvent event{
      ProductStream(answered.connection(), answered.product_id())};
  event.causation = absl::StrCat("position:", answered.intent());
  *event.event.mutable_update_answered() = answered;
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow row,
      GetRow<ProductRow>(
          state, Table::kProducts,
          NumberKey(answered.connection(), answered.product_id())));
  event.event.mutable_update_answered()->set_previous_position(
      row.last_position());
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
