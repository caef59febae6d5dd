#include "server/core/pause_follower.h"

#include "domain/restored.h"

namespace qantara::server {

PauseFollower::PauseFollower(const Connections& connections,
                             const domain::TableReader& tables,
                             store::CommitFeed& feed)
    : connections_(connections), tables_(tables) {
  for (Connection* connection : connections_.all()) Begin(*connection);
  commits_ =
      feed.Subscribe([this](absl::Span<const domain::EventRecordPtr> events) {
        for (const domain::EventRecordPtr& record : events) Follow(*record);
      });
}

void PauseFollower::Begin(Connection& connection) const {
  const auto pause = domain::PauseOf(tables_, connection.id());
  // A row that cannot be read stops the writer: nothing can be claimed then.
  if (pause.ok()) connection.status.SetPaused(pause->paused, 0);
}

void PauseFollower::Follow(const events::v1::EventRecord& record) const {
  const events::v1::Event& event = record.event();
  if (!event.has_connection_paused() && !event.has_connection_resumed()) return;
  const bool paused = event.has_connection_paused();
  const std::string& name = paused ? event.connection_paused().connection()
                                   : event.connection_resumed().connection();
  for (Connection* connection : connections_.all()) {
    if (connection->id() == name) {
      connection->status.SetPaused(paused, record.position());
    }
  }
}

}  // namespace qantara::server
