#include "server/core/pause_follower.h"

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

PauseFollower::PauseFollower(const Connections& connections,
                             const domain::TableReader& tables,
                             store::CommitFeed& feed)
    : connections_(connections) {
  for (const auto& connection : connections_.all()) {
    const auto row = domain::FindRow<tables::v1::ConnectionRow>(
        tables, domain::Table::kConnections, domain::TextKey(connection->id()));
    // A row that cannot be read stops the writer: nothing can be claimed then.
    if (row.ok() && row->has_value()) {
      connection->status.SetPaused((*row)->paused(), 0);
    }
  }
  commits_ =
      feed.Subscribe([this](absl::Span<const domain::EventRecordPtr> events) {
        for (const domain::EventRecordPtr& record : events) Follow(*record);
      });
}

void PauseFollower::Follow(const events::v1::EventRecord& record) const {
  const events::v1::Event& event = record.event();
  if (!event.has_connection_paused() && !event.has_connection_resumed()) return;
  const bool paused = event.has_connection_paused();
  const std::string& name = paused ? event.connection_paused().connection()
                                   : event.connection_resumed().connection();
  for (const auto& connection : connections_.all()) {
    if (connection->id() == name) {
      connection->status.SetPaused(paused, record.position());
    }
  }
}

}  // namespace qantara::server
