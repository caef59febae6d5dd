#include "server/core/operations_writer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "domain/error.h"
#include "domain/line.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "domain/utf8.h"
#include "domain/validate.h"
#include "server/core/invalid.h"
#include "server/core/line_content.h"
#include "server/core/parked_patch.h"
#include "server/core/random_id.h"

namespace qantara::server {
namespace {

using domain::Table;
using tables::v1::ItemRow;
using tables::v1::UpdateRow;

constexpr size_t kMaxNoteCharacters = 1000;
constexpr size_t kMaxImportIdBytes = 128;

absl::Status CheckNote(absl::string_view note) {
  if (domain::FirstCharacters(note, kMaxNoteCharacters).size() < note.size()) {
    return Invalid("note", v1::ERROR_REASON_FIELD_TOO_LONG,
                   absl::StrCat("at most ", kMaxNoteCharacters, " characters"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> RequestIdOf(const std::string& given) {
  if (given.empty()) return RandomId();
  QANTARA_RETURN_IF_ERROR(domain::ValidateClientId(given, "request_id"));
  return given;
}

absl::StatusOr<domain::ParkedName> NameOf(const v1::ParkedKey& key) {
  domain::ParkedName name;
  switch (key.key_case()) {
    case v1::ParkedKey::kItem:
      if (key.item().import_id().empty() ||
          key.item().import_id().size() > kMaxImportIdBytes ||
          key.item().import_id()[0] == '~') {
        return Invalid("key.item.import_id", v1::ERROR_REASON_FIELD_INVALID,
                       "is not the name of an import");
      }
      name.import_id = key.item().import_id();
      name.line = key.item().line();
      return name;
    case v1::ParkedKey::kUpdateRequestId:
      QANTARA_RETURN_IF_ERROR(domain::ValidateClientId(
          key.update_request_id(), "key.update_request_id"));
      name.update_request_id = key.update_request_id();
      return name;
    case v1::ParkedKey::kCreateRequestId:
      QANTARA_RETURN_IF_ERROR(domain::ValidateClientId(
          key.create_request_id(), "key.create_request_id"));
      name.import_id = domain::SingleImportId(key.create_request_id());
      name.line = 1;
      return name;
    case v1::ParkedKey::KEY_NOT_SET:
      break;
  }
  return Invalid("key", v1::ERROR_REASON_FIELD_REQUIRED,
                 "one of item, update_request_id and create_request_id is "
                 "required");
}

// Digest of what a request asks for, whatever its id.
template <typename Request>
std::string DigestOf(absl::string_view call, const Request& request) {
  Request content = request;
  content.clear_connection();
  content.clear_request_id();
  return domain::Digest16(absl::StrCat(call, content.SerializeAsString()));
}

// Puts the patched line into the command. Where the item is not there or not
// parked, the decision says so.
absl::Status FillItem(const Core& core, const Connection& connection,
                      const domain::TableSnapshot& tables,
                      const ParkedPatch& patch, domain::RetryParked* command) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ItemRow> row,
      domain::FindRow<ItemRow>(
          tables, Table::kItems,
          domain::ItemKey(connection.id(), command->parked.import_id,
                          command->parked.line)));
  if (!row.has_value() || row->state() != v1::ITEM_STATE_PARKED) {
    return absl::OkStatus();
  }
  QANTARA_ASSIGN_OR_RETURN(
      const auto import,
      domain::GetRow<tables::v1::ImportRow>(
          tables, Table::kImports,
          domain::TextKey(connection.id(), command->parked.import_id)));
  QANTARA_ASSIGN_OR_RETURN(
      std::string payload,
      ReadLineContent(core.log, *row, command->parked.line));
  if (!patch.changes_nothing()) {
    v1::CatalogLine line = domain::LineOf(payload);
    patch.Apply(line.mutable_product());
    payload = line.SerializeAsString();
    command->patched = true;
  }
  command->line =
      domain::ParseLine(payload, connection.rules(import.allow_missing_sku()));
  command->seen_position = row->last_position();
  return absl::OkStatus();
}

// The same for an update.
absl::Status FillUpdate(const Connection& connection,
                        const domain::TableSnapshot& tables,
                        const ParkedPatch& patch,
                        domain::RetryParked* command) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto request,
      domain::FindRow<tables::v1::RequestRow>(
          tables, Table::kRequests,
          domain::TextKey(connection.id(), command->parked.update_request_id)));
  if (!request.has_value() || request->update() == 0) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(
      const UpdateRow row,
      domain::GetRow<UpdateRow>(
          tables, Table::kUpdates,
          domain::NumberKey(connection.id(), request->update())));
  if (row.state() != v1::UPDATE_STATE_PARKED) return absl::OkStatus();
  v1::Product fields = row.fields();
  patch.Apply(&fields);
  if (domain::PresentFields(fields).empty()) {
    return Invalid("patch_mask", v1::ERROR_REASON_MASK_INVALID,
                   "leaves no field to update; discard the update instead");
  }
  std::vector<v1::ItemProblem> problems = domain::ValidateProduct(
      fields, connection.rules(), /*for_update=*/true, "patch.");
  if (!problems.empty()) return domain::MakeInvalid(std::move(problems));
  command->fields = row.fields();
  patch.Clear(&command->fields);
  command->patch = patch.values;
  domain::NormalizeDecimals(&command->patch);
  command->patched = !patch.changes_nothing();
  command->seen_position = row.last_position();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::RetryParkedResponse> OperationsWriter::Retry(
    const v1::RetryParkedRequest& request) {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      core_.connections.Find(request.connection(), "connection"));
  QANTARA_RETURN_IF_ERROR(CheckNote(request.note()));
  QANTARA_ASSIGN_OR_RETURN(const ParkedPatch patch, ReadPatch(request));
  domain::RetryParked command;
  QANTARA_ASSIGN_OR_RETURN(command.parked, NameOf(request.key()));
  QANTARA_ASSIGN_OR_RETURN(command.request_id,
                           RequestIdOf(request.request_id()));
  command.connection = connection->id();
  command.request_digest = DigestOf("RetryParked/", request);
  command.accept_duplicate = request.accept_duplicate();
  command.note = request.note();
  absl::Status status;
  for (int tries = 0; tries < kMaxTries; ++tries) {
    QANTARA_ASSIGN_OR_RETURN(const auto tables, core_.tables.Get());
    QANTARA_RETURN_IF_ERROR(
        command.parked.import_id.empty()
            ? FillUpdate(*connection, *tables, patch, &command)
            : FillItem(core_, *connection, *tables, patch, &command));
    status = core_.commands.Execute(command).status();
    if (!absl::IsAborted(status)) break;
  }
  QANTARA_RETURN_IF_ERROR(status);
  v1::RetryParkedResponse response;
  response.set_request_id(command.request_id);
  return response;
}

absl::StatusOr<v1::DiscardParkedResponse> OperationsWriter::Discard(
    const v1::DiscardParkedRequest& request) {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      core_.connections.Find(request.connection(), "connection"));
  if (request.note().empty()) {
    return Invalid("note", v1::ERROR_REASON_FIELD_REQUIRED, "is required");
  }
  QANTARA_RETURN_IF_ERROR(CheckNote(request.note()));
  domain::DiscardParked command;
  QANTARA_ASSIGN_OR_RETURN(command.parked, NameOf(request.key()));
  QANTARA_ASSIGN_OR_RETURN(command.request_id,
                           RequestIdOf(request.request_id()));
  command.connection = connection->id();
  command.request_digest = DigestOf("DiscardParked/", request);
  command.note = request.note();
  QANTARA_RETURN_IF_ERROR(core_.commands.Execute(command).status());
  v1::DiscardParkedResponse response;
  response.set_request_id(command.request_id);
  return response;
}

absl::StatusOr<v1::PauseConnectionResponse> OperationsWriter::Pause(
    const v1::PauseConnectionRequest& request) {
  return SetPaused<domain::PauseConnection, v1::PauseConnectionResponse>(
      request, true);
}

absl::StatusOr<v1::ResumeConnectionResponse> OperationsWriter::Resume(
    const v1::ResumeConnectionRequest& request) {
  return SetPaused<domain::ResumeConnection, v1::ResumeConnectionResponse>(
      request, false);
}

template <typename Command, typename Response, typename Request>
absl::StatusOr<Response> OperationsWriter::SetPaused(const Request& request,
                                                     bool paused) {
  QANTARA_ASSIGN_OR_RETURN(
      Connection * connection,
      core_.connections.Find(request.connection(), "connection"));
  QANTARA_RETURN_IF_ERROR(CheckNote(request.note()));
  const Command command{connection->id(), request.note()};
  QANTARA_ASSIGN_OR_RETURN(const auto executed,
                           core_.commands.Execute(command));
  connection->status.SetPaused(paused, executed.position);
  Response response;
  QANTARA_ASSIGN_OR_RETURN(*response.mutable_status(),
                           reader_.StatusOf(*connection));
  return response;
}

}  // namespace qantara::server
