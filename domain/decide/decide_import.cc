// Imports: open, accept lines, end.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/decide/decider.h"
#include "domain/decide/line_decider.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using tables::v1::ImportRow;
using tables::v1::ItemRow;

ImportReply ReplyOf(const ImportRow& row) {
  return {row.received_lines() + 1, row.ended()};
}

absl::StatusOr<std::optional<ImportRow>> FindImport(
    const TableReader& state, const std::string& connection,
    const std::string& import_id) {
  return FindRow<ImportRow>(state, Table::kImports,
                            TextKey(connection, import_id));
}

absl::Status NoSuchImport(const std::string& import_id) {
  return MakeError(
      absl::StatusCode::kNotFound, v1::ERROR_REASON_IMPORT_NOT_FOUND,
      absl::StrCat("no import ", import_id), {{"import_id", import_id}});
}

// Lines that were accepted before must be the same bytes.
absl::Status CheckRepeated(const AcceptLines& command, uint32_t first,
                           uint32_t count, const TableReader& state) {
  for (uint32_t i = 0; i < count; ++i) {
    QANTARA_ASSIGN_OR_RETURN(
        ItemRow item, GetRow<ItemRow>(state, Table::kItems,
                                      ItemKey(command.connection,
                                              command.import_id, first + i)));
    const std::string& received =
        item.received_digest().empty() ? item.digest() : item.received_digest();
    if (received == command.lines[i].digest) continue;
    const std::string line = absl::StrCat(first + i);
    return MakeError(
        absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_LINE_CHANGED,
        absl::StrCat("line ", line, " was received before with other content"),
        {{"line", line}});
  }
  return absl::OkStatus();
}

absl::Status CheckPlace(const AcceptLines& command, const ImportRow& row,
                        uint32_t first, uint32_t repeated) {
  const uint32_t next = row.received_lines() + 1;
  if (first > next) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     v1::ERROR_REASON_LINE_GAP,
                     absl::StrCat("batch begins with line ", first,
                                  ", the next line is ", next),
                     {{"field", "batch.first_line"},
                      {"first_line", absl::StrCat(first)},
                      {"next_line", absl::StrCat(next)}});
  }
  if (row.ended() && repeated < command.lines.size()) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_IMPORT_ENDED,
        absl::StrCat("import ", command.import_id, " has been ended with line ",
                     row.received_lines()),
        {{"import_id", command.import_id}});
  }
  return absl::OkStatus();
}

// Counts the lines, from `begin` on, per field that the provider lacks.
void CountNotTaken(const AcceptLines& command, size_t begin,
                   events::v1::ImportLinesAccepted* accepted) {
  absl::btree_map<absl::string_view, uint32_t> counts;
  for (size_t i = begin; i < command.lines.size(); ++i) {
    for (const std::string& path : command.lines[i].not_taken) ++counts[path];
  }
  for (const auto& [path, lines] : counts) {
    v1::FieldCount& count = *accepted->add_not_taken();
    count.set_field(std::string(path));
    count.set_lines(lines);
  }
}

}  // namespace

absl::StatusOr<Decided<ImportReply>> Decide(const OpenImport& command,
                                            const TableReader& state,
                                            const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ImportRow> row,
      FindImport(state, command.connection, command.import_id));
  if (row.has_value()) {
    if (row->existing_policy() != command.existing_policy ||
        row->allow_missing_sku() != command.allow_missing_sku) {
      return MakeError(absl::StatusCode::kAlreadyExists,
                       v1::ERROR_REASON_IMPORT_HEADER_CHANGED,
                       absl::StrCat("import ", command.import_id,
                                    " was opened with other options"),
                       {{"import_id", command.import_id}});
    }
    return Decided<ImportReply>{{}, ReplyOf(*row)};
  }
  Decided<ImportReply> decided;
  PendingEvent event{ImportStream(command.connection, command.import_id)};
  events::v1::ImportOpened& opened = *event.event.mutable_import_opened();
  opened.set_connection(command.connection);
  opened.set_import_id(command.import_id);
  opened.set_kind(events::v1::IMPORT_KIND_CATALOG);
  opened.set_source_name(command.source_name);
  opened.set_existing_policy(command.existing_policy);
  opened.set_allow_missing_sku(command.allow_missing_sku);
  event.expected = ExpectedRevision::Exactly(0);
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<ImportReply>> Decide(const AcceptLines& command,
                                            const TableReader& state,
                                            const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ImportRow> row,
      FindImport(state, command.connection, command.import_id));
  if (!row.has_value()) return NoSuchImport(command.import_id);
  const uint32_t next = row->received_lines() + 1;
  const uint32_t first = command.first_line == 0 ? next : command.first_line;
  const uint32_t repeated = static_cast<uint32_t>(
      std::min<size_t>(first < next ? next - first : 0, command.lines.size()));
  QANTARA_RETURN_IF_ERROR(CheckPlace(command, *row, first, repeated));
  QANTARA_RETURN_IF_ERROR(CheckRepeated(command, first, repeated, state));

  Decided<ImportReply> decided;
  decided.reply = ReplyOf(*row);
  if (repeated == command.lines.size()) return decided;

  PendingEvent event{ImportStream(command.connection, command.import_id)};
  events::v1::ImportLinesAccepted& accepted =
      *event.event.mutable_import_lines_accepted();
  accepted.set_connection(command.connection);
  accepted.set_import_id(command.import_id);
  accepted.set_first_line(first + repeated);
  LineDecider decider(command.connection, row->open_position(),
                      row->existing_policy(), state);
  for (size_t i = repeated; i < command.lines.size(); ++i) {
    QANTARA_RETURN_IF_ERROR(
        decider.Decide(command.lines[i], accepted.add_lines()));
  }
  CountNotTaken(command, repeated, &accepted);
  decided.reply.next_line = first + static_cast<uint32_t>(command.lines.size());
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<ImportReply>> Decide(const EndImport& command,
                                            const TableReader& state,
                                            const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ImportRow> row,
      FindImport(state, command.connection, command.import_id));
  if (!row.has_value()) return NoSuchImport(command.import_id);
  if (command.last_line != 0 && command.last_line != row->received_lines()) {
    return MakeError(
        absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_LINE_GAP,
        absl::StrCat("the last line is to be ", command.last_line, ", but ",
                     row->received_lines(), " lines were received"),
        {{"field", "end.last_line"},
         {"last_line", absl::StrCat(command.last_line)},
         {"next_line", absl::StrCat(row->received_lines() + 1)}});
  }
  Decided<ImportReply> decided;
  decided.reply = ReplyOf(*row);
  decided.reply.ended = true;
  if (row->ended()) return decided;
  PendingEvent event{ImportStream(command.connection, command.import_id)};
  events::v1::ImportEnded& ended = *event.event.mutable_import_ended();
  ended.set_connection(command.connection);
  ended.set_import_id(command.import_id);
  ended.set_last_line(row->received_lines());
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordVerification& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ImportRow> row,
      FindImport(state, command.connection, command.import_id));
  if (!row.has_value()) return NoSuchImport(command.import_id);
  Decided<NoReply> decided;
  PendingEvent event{ImportStream(command.connection, command.import_id)};
  events::v1::ImportVerified& verified = *event.event.mutable_import_verified();
  verified.set_connection(command.connection);
  verified.set_import_id(command.import_id);
  *verified.mutable_receipt() = command.receipt;
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
