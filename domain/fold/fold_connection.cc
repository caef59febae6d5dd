#include "domain/fold/fold_connection.h"

#include <optional>
#include <string>
#include <utility>

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

absl::Status SetPaused(const std::string& connection, bool paused,
                       const std::string& note, TableView& view) {
  std::string key = TextKey(connection);
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<tables::v1::ConnectionRow> row,
      FindRow<tables::v1::ConnectionRow>(view, Table::kConnections, key));
  if (!row.has_value()) row.emplace();
  row->set_paused(paused);
  row->set_pause_note(note);
  PutRow(view, Table::kConnections, std::move(key), *row);
  return absl::OkStatus();
}

}  // namespace

absl::Status FoldConnectionPaused(const events::v1::ConnectionPaused& event,
                                  TableView& view) {
  return SetPaused(event.connection(), true, event.note(), view);
}

absl::Status FoldConnectionResumed(const events::v1::ConnectionResumed& event,
                                   TableView& view) {
  return SetPaused(event.connection(), false, "", view);
}

}  // namespace qantara::domain
