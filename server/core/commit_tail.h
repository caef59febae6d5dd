// Tells those who follow something that it changed, after the tables show it.
#ifndef QANTARA_SERVER_CORE_COMMIT_TAIL_H_
#define QANTARA_SERVER_CORE_COMMIT_TAIL_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "server/core/touched_keys.h"

namespace qantara::server {

// Hears of commits. Called on the tail's thread or by CommitTail::Tell, which
// it must not block.
class CommitListener {
 public:
  virtual ~CommitListener() = default;

  // The event at `position` changed what is followed. Called in the order of
  // positions, each event at most once.
  virtual void OnTouched(domain::Position position,
                         const std::vector<uint32_t>& lines) = 0;
};

// One thread that walks behind the tables through the log. It reads events only
// while somebody follows something. Thread-safe.
class CommitTail {
 public:
  // `log` and `tables` must outlive it.
  CommitTail(const domain::EventLog& log, const domain::TableStore& tables);
  ~CommitTail();
  CommitTail(const CommitTail&) = delete;
  CommitTail& operator=(const CommitTail&) = delete;

  // Tells `listener` of every event after the returned position that touches
  // `key`, until the listener is destroyed.
  domain::Position Follow(const std::string& key,
                          std::weak_ptr<CommitListener> listener);

  // Tells the followers of `key` now, of position 0 and no lines: something
  // changed that is in no event. Must not be called with a lock that a listener
  // takes.
  void Tell(const std::string& key);

  // Events up to this position have been told.
  domain::Position position() const { return position_.load(); }

 private:
  void Run();
  // Tells of the events up to `through`.
  void Walk(domain::Position through);
  void TellOf(const events::v1::EventRecord& record);
  std::vector<std::shared_ptr<CommitListener>> ListenersOf(
      const std::string& key);
  // Forgets listeners that are no more, now and then.
  void Sweep();
  // Moves on without reading when nobody follows anything.
  bool SkipTo(domain::Position through);

  const domain::EventLog& log_;
  const domain::TableStore& tables_;
  std::atomic<domain::Position> position_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  // Both guarded by mutex_; `begun_` is the event that is being told.
  domain::Position begun_;
  absl::flat_hash_map<std::string, std::vector<std::weak_ptr<CommitListener>>>
      listeners_;
  std::thread thread_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_COMMIT_TAIL_H_
