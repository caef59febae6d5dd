#include "domain/fold/fold_connection.h"

#include "domain/fold/connection_change.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
absl::Status FoldConnectionPaused(const events::v1::ConnectionPaused& event,
                                  TableView& view) {
  return ChangeConnection(event.connection(), view,
                          [&](tables::v1::ConnectionRow& row) {
                            row.set_paused(true);
                            row.set_pause_note(event.note());
                            return true;
                          });
}

absl::Status FoldConnectionResumed(const events::v1::EventRecord& record,
                                   const events::v1::ConnectionResumed& event,
                                   TableView& view) {
  return ChangeConnection(event.connection(), view,
                          [&](tables::v1::ConnectionRow& row) {
                            row.set_paused(false);
                            row.clear_pause_note();
                            row.set_resumed_position(record.position());
                            return true;
                          });
}

absl::Status FoldLogRestored(const events::v1::EventRecord& record,
                             const events::v1::LogRestored& event,
                             TableView& view) {
  // Which connections there are is not known here, and one that the backup did
  // not know may have created something since.
  return ChangeConnection("", view, [&](tables::v1::ConnectionRow& row) {
    row.set_restored_position(record.position());
    row.set_pause_note(event.note());
    return true;
  });
}

}  // namespace qantara::domain
