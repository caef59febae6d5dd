#include "server/core/line_content.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"

namespace qantara::server {
namespace {

absl::Status Missing(absl::string_view what, domain::Position position) {
  return domain::MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("no ", what, " at position ", position));
}

}  // namespace

absl::StatusOr<domain::EventRecordPtr> ReadEvent(const domain::EventLog& log,
                                                 domain::Position position) {
  if (position == 0) return Missing("event", position);
  QANTARA_ASSIGN_OR_RETURN(const std::vector<domain::EventRecordPtr> records,
                           log.Read(position - 1, {.events = 1}));
  if (records.empty()) return Missing("event", position);
  return records.front();
}

absl::StatusOr<std::string> ReadLineContent(const domain::EventLog& log,
                                            const tables::v1::ItemRow& row,
                                            uint32_t line) {
  QANTARA_ASSIGN_OR_RETURN(const domain::EventRecordPtr record,
                           ReadEvent(log, row.accepted_position()));
  const events::v1::Event& event = record->event();
  if (event.has_parked_retried()) {
    return event.parked_retried().line().payload();
  }
  const auto& lines = event.import_lines_accepted().lines();
  const uint32_t index = line - row.accepted_first_line();
  if (index >= static_cast<uint32_t>(lines.size())) {
    return Missing("accepted line", row.accepted_position());
  }
  return lines.Get(static_cast<int>(index)).payload();
}

}  // namespace qantara::server
