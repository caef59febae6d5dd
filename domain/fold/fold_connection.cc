#include "domain/fold/fold_connection.h"

#include <string>

#include "domain/fold/connection_change.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

absl::Status SetPaused(const std::string& connection, bool paused,
                       const std::string& note, TableView& view) {
  return ChangeConnection(connection, view,
                          [&](tables::v1::ConnectionRow& row) {
                            row.set_paused(paused);
                            row.set_pause_note(note);
                            return true;
                          });
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
