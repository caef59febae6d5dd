// Tells of each commit, for those who follow the log without asking.
#ifndef QANTARA_STORE_COMMIT_FEED_H_
#define QANTARA_STORE_COMMIT_FEED_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/types/span.h"
#include "domain/ports/event_log.h"

namespace qantara::store {

// Thread-safe.
class CommitFeed {
 public:
  // Gets the events of one commit, oldest first, after they are durable. Runs
  // on the writer's thread: it must not block, and neither subscribe nor
  // unsubscribe.
  using Listener =
      std::function<void(absl::Span<const domain::EventRecordPtr>)>;

  // Ends a subscription when destroyed: after that the listener does not run
  // and is gone. It may outlive the feed.
  class Subscription;

  CommitFeed();
  ~CommitFeed();

  // Tells `listener` of every commit from now on. To miss none, subscribe and
  // then read the log up to its head: what comes twice has a position at or
  // below it.
  std::unique_ptr<Subscription> Subscribe(Listener listener);

  // Called by the writer.
  void Publish(absl::Span<const domain::EventRecordPtr> events);

 private:
  struct Listeners;

  const std::shared_ptr<Listeners> listeners_;
};

class CommitFeed::Subscription {
 public:
  ~Subscription();

  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  friend class CommitFeed;

  Subscription(std::shared_ptr<Listeners> listeners, uint64_t id)
      : listeners_(std::move(listeners)), id_(id) {}

  const std::shared_ptr<Listeners> listeners_;
  const uint64_t id_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_COMMIT_FEED_H_
