#include "domain/decide/paused.h"

#include <optional>

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

absl::StatusOr<bool> IsPaused(const TableReader& state,
                              const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<tables::v1::ConnectionRow> row,
      FindRow<tables::v1::ConnectionRow>(state, Table::kConnections,
                                         TextKey(connection)));
  return row.has_value() && row->paused();
}

absl::Status CheckNotPaused(const TableReader& state,
                            const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const bool paused, IsPaused(state, connection));
  if (paused) return absl::AbortedError("the connection is paused");
  return absl::OkStatus();
}

}  // namespace qantara::domain
