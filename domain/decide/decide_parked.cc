// What cannot go on by itself: discard, and retry of updates. Retry of lines is
// decided by domain/decide/line_retry.h.
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decide/decider.h"
#include "domain/decide/line_retry.h"
#include "domain/decide/requests.h"
#include "domain/decide/update_checks.h"
#include "domain/error.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using tables::v1::ItemRow;
using tables::v1::ProductRow;
using tables::v1::RequestRow;
using tables::v1::UpdateRow;

absl::Status NoSuchEntry(const std::string& name) {
  return MakeError(absl::StatusCode::kNotFound,
                   v1::ERROR_REASON_ENTRY_NOT_FOUND,
                   absl::StrCat("nothing is known of ", name));
}

absl::Status NotParked(const std::string& name, const std::string& state) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_PARKED,
      absl::StrCat(name, " is not parked, but ", state), {{"state", state}});
}

absl::Status ReadMeanwhile(const std::string& name) {
  return MakeError(absl::StatusCode::kAborted,
                   v1::ERROR_REASON_REVISION_CONFLICT,
                   absl::StrCat(name, " has changed meanwhile"));
}

// The parked item.
absl::StatusOr<ItemRow> FindItem(const TableReader& state,
                                 const std::string& connection,
                                 const ParkedName& parked) {
  const std::string name =
      absl::StrCat("line ", parked.line, " of import ", parked.import_id);
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<ItemRow> item,
      FindRow<ItemRow>(state, Table::kItems,
                       ItemKey(connection, parked.import_id, parked.line)));
  if (!item.has_value()) return NoSuchEntry(name);
  if (item->state() != v1::ITEM_STATE_PARKED) {
    return NotParked(name, v1::ItemState_Name(item->state()));
  }
  return *std::move(item);
}

// A parked update with its product.
struct FoundUpdate {
  Position position = 0;
  UpdateRow row;
  ProductRow product;
};

absl::StatusOr<FoundUpdate> FindUpdate(const TableReader& state,
                                       const std::string& connection,
                                       const std::string& request_id) {
  const std::string name = absl::StrCat("update ", request_id);
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<RequestRow> request,
      FindRow<RequestRow>(state, Table::kRequests,
                          TextKey(connection, request_id)));
  if (!request.has_value() || request->update() == 0) return NoSuchEntry(name);
  FoundUpdate found;
  found.position = request->update();
  QANTARA_ASSIGN_OR_RETURN(
      found.row, GetRow<UpdateRow>(state, Table::kUpdates,
                                   NumberKey(connection, found.position)));
  if (found.row.state() != v1::UPDATE_STATE_PARKED) {
    return NotParked(name, v1::UpdateState_Name(found.row.state()));
  }
  QANTARA_ASSIGN_OR_RETURN(
      found.product,
      GetRow<ProductRow>(state, Table::kProducts,
                         NumberKey(connection, found.row.product_id())));
  return found;
}

// The item as the event names it.
absl::StatusOr<events::v1::ItemRef> RefOf(const TableReader& state,
                                          const std::string& connection,
                                          const ParkedName& parked,
                                          const ItemRow& item) {
  events::v1::ItemRef ref;
  ref.set_import_id(parked.import_id);
  ref.set_line(parked.line);
  if (item.product_id() == 0) return ref;
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      GetRow<ProductRow>(state, Table::kProducts,
                         NumberKey(connection, item.product_id())));
  ref.set_product_id(item.product_id());
  ref.set_previous_position(product.last_position());
  return ref;
}

absl::Status RetryItem(const RetryParked& command, const TableReader& state,
                       PendingEvent* event) {
  QANTARA_ASSIGN_OR_RETURN(const ItemRow item,
                           FindItem(state, command.connection, command.parked));
  if (item.last_position() != command.seen_position) {
    return ReadMeanwhile("the line");
  }
  if (!command.line.problems.empty()) return MakeInvalid(command.line.problems);
  event->stream = ImportStream(command.connection, command.parked.import_id);
  auto& retried = *event->event.mutable_parked_retried();
  QANTARA_ASSIGN_OR_RETURN(
      *retried.mutable_item(),
      RefOf(state, command.connection, command.parked, item));
  QANTARA_ASSIGN_OR_RETURN(*retried.mutable_line(),
                           DecideLineAgain(command, item, state));
  return absl::OkStatus();
}

// The fields that are sent: what newer updates set meanwhile stays.
v1::Product FieldsAgain(const RetryParked& command, const FoundUpdate& update) {
  v1::Product fields = command.fields;
  for (const tables::v1::FieldStamp& stamp : update.product.field_stamps()) {
    if (stamp.position() > update.position) ClearField(stamp.field(), &fields);
  }
  MergeFields(command.patch, &fields);
  return fields;
}

absl::Status RetryUpdate(const RetryParked& command, const TableReader& state,
                         PendingEvent* event) {
  const std::string& request_id = command.parked.update_request_id;
  QANTARA_ASSIGN_OR_RETURN(const FoundUpdate update,
                           FindUpdate(state, command.connection, request_id));
  if (update.row.last_position() != command.seen_position) {
    return ReadMeanwhile("the update");
  }
  QANTARA_RETURN_IF_ERROR(
      CheckMapped(update.product, absl::StrCat("of update ", request_id)));
  const v1::Product fields = FieldsAgain(command, update);
  QANTARA_RETURN_IF_ERROR(
      CheckSkuFree(command.connection, fields, update.product, state));
  event->stream =
      ProductStream(command.connection, update.product.product_id());
  auto& retried = *event->event.mutable_parked_retried();
  retried.set_update(update.position);
  if (!PresentFields(fields).empty()) *retried.mutable_fields() = fields;
  retried.set_product_id(update.product.product_id());
  retried.set_previous_position(update.product.last_position());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Decided<NoReply>> Decide(const RetryParked& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  Decided<NoReply> decided;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<RequestRow> request,
      FindRequest(state, command.connection, command.request_id,
                  command.request_digest, RequestKind::kRepair));
  if (request.has_value()) return decided;
  PendingEvent event;
  event.causation = command.request_id;
  QANTARA_RETURN_IF_ERROR(command.parked.import_id.empty()
                              ? RetryUpdate(command, state, &event)
                              : RetryItem(command, state, &event));
  auto& retried = *event.event.mutable_parked_retried();
  retried.set_connection(command.connection);
  retried.set_note(command.note);
  retried.set_request_id(command.request_id);
  retried.set_request_digest(command.request_digest);
  retried.set_accept_duplicate(command.accept_duplicate);
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const DiscardParked& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  const std::string& connection = command.connection;
  Decided<NoReply> decided;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<RequestRow> request,
      FindRequest(state, connection, command.request_id, command.request_digest,
                  RequestKind::kRepair));
  if (request.has_value()) return decided;
  PendingEvent event;
  event.causation = command.request_id;
  auto& discarded = *event.event.mutable_parked_discarded();
  if (command.parked.import_id.empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        const FoundUpdate update,
        FindUpdate(state, connection, command.parked.update_request_id));
    event.stream = ProductStream(connection, update.product.product_id());
    discarded.set_update(update.position);
    discarded.set_product_id(update.product.product_id());
    discarded.set_previous_position(update.product.last_position());
  } else {
    QANTARA_ASSIGN_OR_RETURN(const ItemRow item,
                             FindItem(state, connection, command.parked));
    event.stream = ImportStream(connection, command.parked.import_id);
    QANTARA_ASSIGN_OR_RETURN(*discarded.mutable_item(),
                             RefOf(state, connection, command.parked, item));
  }
  discarded.set_connection(connection);
  discarded.set_note(command.note);
  discarded.set_request_id(command.request_id);
  discarded.set_request_digest(command.request_digest);
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
