#include "domain/fold/connection_change.h"

#include <optional>
#include <utility>

#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {

absl::Status ChangeConnection(
    const std::string& connection, TableView& view,
    absl::FunctionRef<bool(tables::v1::ConnectionRow& row)> change) {
  std::string key = TextKey(connection);
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<tables::v1::ConnectionRow> row,
      FindRow<tables::v1::ConnectionRow>(view, Table::kConnections, key));
  if (!row.has_value()) row.emplace();
  if (change(*row)) PutRow(view, Table::kConnections, std::move(key), *row);
  return absl::OkStatus();
}

}  // namespace qantara::domain
