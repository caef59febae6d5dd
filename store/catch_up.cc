#include "store/catch_up.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"
#include "store/overlay.h"

namespace qantara::store {
namespace {

// Rows that are collected before they are written.
constexpr size_t kBatchBytes = size_t{8} << 20;

absl::Status Flush(domain::Position through, Overlay& overlay,
                   domain::TableStore& tables) {
  const auto layer = overlay.Seal(through);
  domain::Reach(domain::Failpoint::kCatchUpApply);
  QANTARA_RETURN_IF_ERROR(tables.Apply(through, layer->writes()));
  overlay.Trim();
  return absl::OkStatus();
}

absl::Status AtPosition(domain::Position position, const absl::Status& status) {
  return domain::MakeError(status.code(), domain::GetReason(status),
                           absl::StrCat("folding the event at position ",
                                        position, ": ", status.message()),
                           {{"position", absl::StrCat(position)}});
}

}  // namespace

absl::Status CatchUp(const domain::EventLog& log, domain::TableStore& tables,
                     const Fold& fold, domain::Position through) {
  domain::Position position = tables.position();
  if (position > through) {
    return domain::MakeError(
        absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat("the tables reflect position ", position,
                     ", but the log ends at position ", through));
  }
  Overlay overlay(tables);
  while (position < through) {
    QANTARA_ASSIGN_OR_RETURN(const auto events,
                             log.Read(position, domain::ReadLimit()));
    for (const auto& event : events) {
      if (event->position() > through) break;
      const absl::Status folded = fold(*event, overlay);
      if (!folded.ok()) return AtPosition(event->position(), folded);
      position = event->position();
      if (overlay.open_bytes() < kBatchBytes) continue;
      QANTARA_RETURN_IF_ERROR(Flush(position, overlay, tables));
    }
  }
  if (tables.position() == position) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(Flush(position, overlay, tables));
  domain::Reach(domain::Failpoint::kCatchUpDone);
  return absl::OkStatus();
}

}  // namespace qantara::store
