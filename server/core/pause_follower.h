// Keeps the status of each connection as the log says: paused or not.
#ifndef QANTARA_SERVER_CORE_PAUSE_FOLLOWER_H_
#define QANTARA_SERVER_CORE_PAUSE_FOLLOWER_H_

#include <memory>

#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "server/core/connections.h"
#include "store/commit_feed.h"

namespace qantara::server {

// From its construction on a status follows each commit. Whoever pauses or
// resumes sets it before answering as well, because the answer may come first.
class PauseFollower {
 public:
  // Begins with what `tables` show, which must be all that was committed. The
  // references must outlive it.
  PauseFollower(const Connections& connections,
                const domain::TableReader& tables, store::CommitFeed& feed);

  // A connection was added: begins with what the tables show of it.
  void Begin(Connection& connection) const;

 private:
  void Follow(const events::v1::EventRecord& record) const;

  const Connections& connections_;
  const domain::TableReader& tables_;
  std::unique_ptr<store::CommitFeed::Subscription> commits_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PAUSE_FOLLOWER_H_
