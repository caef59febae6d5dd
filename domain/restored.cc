#include "domain/restored.h"

#include <optional>

#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using tables::v1::ConnectionRow;

// The row of all connections together has no name.
constexpr char kAll[] = "";

absl::StatusOr<ConnectionRow> RowOf(const TableReader& state,
                                    const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<ConnectionRow> row,
      FindRow<ConnectionRow>(state, Table::kConnections, TextKey(connection)));
  return row.value_or(ConnectionRow());
}

}  // namespace

absl::StatusOr<PauseState> PauseOf(const TableReader& state,
                                   const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const ConnectionRow row, RowOf(state, connection));
  if (row.paused()) return PauseState{true, row.pause_note()};
  QANTARA_ASSIGN_OR_RETURN(const ConnectionRow all, RowOf(state, kAll));
  if (all.restored_position() <= row.resumed_position()) return PauseState();
  return PauseState{true, all.pause_note()};
}

absl::StatusOr<Position> AwaitedSweep(const TableReader& state,
                                      const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const Position restored, RestoredPosition(state));
  if (restored == 0) return 0;
  QANTARA_ASSIGN_OR_RETURN(const ConnectionRow row, RowOf(state, connection));
  return row.swept_since_position() >= restored ? 0 : restored;
}

absl::StatusOr<Position> RestoredPosition(const TableReader& state) {
  QANTARA_ASSIGN_OR_RETURN(const ConnectionRow all, RowOf(state, kAll));
  return all.restored_position();
}

}  // namespace qantara::domain
