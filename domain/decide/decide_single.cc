// A single product: an import of one line that is never listed.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decide/decider.h"
#include "domain/decide/line_decider.h"
#include "domain/decide/requests.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;

// A line that an import would park is an error of the caller here; so is a SKU
// that is mapped already with other content.
absl::Status RefuseParked(const CreateSingle& command,
                          const AcceptedLine& line) {
  if (line.state() == v1::ITEM_STATE_PARKED) {
    const absl::StatusCode code =
        line.reason() == v1::ERROR_REASON_SKU_DUPLICATE
            ? absl::StatusCode::kFailedPrecondition
            : absl::StatusCode::kAlreadyExists;
    return MakeError(code, line.reason(),
                     absl::StrCat(line.problems(0).field(), ": ",
                                  line.problems(0).message()),
                     {{"field", line.problems(0).field()}});
  }
  return MakeError(
      absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_SKU_IN_USE,
      absl::StrCat("SKU ", command.line.sku,
                   " is mapped already with other content; update it instead"),
      {{"sku", command.line.sku},
       {"product_id", absl::StrCat(line.product_id())}});
}

absl::StatusOr<bool> IsMapped(const std::string& connection,
                              uint64_t product_id, const TableReader& state) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<tables::v1::ProductRow> row,
      FindRow<tables::v1::ProductRow>(state, Table::kProducts,
                                      NumberKey(connection, product_id)));
  return row.has_value() && row->state() == v1::MAPPING_STATE_MAPPED;
}

Events EventsOf(const CreateSingle& command, const std::string& import_id,
                AcceptedLine line) {
  const std::string stream = ImportStream(command.connection, import_id);
  Events events(3);
  for (PendingEvent& event : events) {
    event.stream = stream;
    event.causation = command.request_id;
  }
  events[0].expected = ExpectedRevision::Exactly(0);
  auto& opened = *events[0].event.mutable_import_opened();
  opened.set_connection(command.connection);
  opened.set_import_id(import_id);
  opened.set_kind(events::v1::IMPORT_KIND_SINGLE);
  opened.set_existing_policy(command.existing_policy);
  opened.set_request_digest(command.request_digest);
  auto& accepted = *events[1].event.mutable_import_lines_accepted();
  accepted.set_connection(command.connection);
  accepted.set_import_id(import_id);
  accepted.set_first_line(1);
  *accepted.add_lines() = std::move(line);
  auto& ended = *events[2].event.mutable_import_ended();
  ended.set_connection(command.connection);
  ended.set_import_id(import_id);
  ended.set_last_line(1);
  return events;
}

}  // namespace

absl::StatusOr<Decided<CreateSingleReply>> Decide(
    const CreateSingle& command, const TableReader& state,
    const DecisionContext& context) {
  if (!command.line.problems.empty()) return MakeInvalid(command.line.problems);
  const std::string import_id = SingleImportId(command.request_id);
  Decided<CreateSingleReply> decided;
  decided.reply.import_id = import_id;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<tables::v1::RequestRow> request,
      FindRequest(state, command.connection, command.request_id,
                  command.request_digest, RequestKind::kCreate));
  if (request.has_value()) {
    QANTARA_ASSIGN_OR_RETURN(
        const tables::v1::ItemRow item,
        GetRow<tables::v1::ItemRow>(state, Table::kItems,
                                    ItemKey(command.connection, import_id, 1)));
    decided.reply.product_id = item.product_id();
    return decided;
  }
  AcceptedLine line;
  // The import's own events come first: its position is the first of them.
  LineDecider decider(command.connection, context.next_position,
                      command.existing_policy, state);
  QANTARA_RETURN_IF_ERROR(decider.Decide(command.line, &line));
  if (line.state() == v1::ITEM_STATE_PARKED) {
    return RefuseParked(command, line);
  }
  if (line.state() == v1::ITEM_STATE_QUEUED) {
    QANTARA_ASSIGN_OR_RETURN(
        const bool mapped,
        IsMapped(command.connection, line.product_id(), state));
    if (mapped) return RefuseParked(command, line);
  }
  decided.reply.product_id = line.product_id();
  decided.events = EventsOf(command, import_id, std::move(line));
  return decided;
}

}  // namespace qantara::domain
