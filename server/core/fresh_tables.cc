#include "server/core/fresh_tables.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"

namespace qantara::server {

absl::StatusOr<std::unique_ptr<domain::TableSnapshot>> FreshTables::Get()
    const {
  return GetAt(log_.head());
}

absl::StatusOr<std::unique_ptr<domain::TableSnapshot>> FreshTables::GetAt(
    domain::Position position) const {
  const bool fresh =
      tables_.WaitFor(position, stopped_() ? kStoppedWait : kFreshWait);
  if (!fresh && !stopped_()) {
    const uint64_t behind = log_.head() - tables_.position();
    return domain::MakeError(
        absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
        absl::StrCat("the tables are ", behind, " events behind; try again"),
        {{"events_behind", absl::StrCat(behind)}});
  }
  return tables_.Snapshot();
}

}  // namespace qantara::server
