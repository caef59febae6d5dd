#include "store/commit_feed.h"

#include "absl/memory/memory.h"

namespace qantara::store {

struct CommitFeed::Listeners {
  std::mutex mutex;
  std::map<uint64_t, Listener> by_id;
  uint64_t next_id = 0;
};

CommitFeed::CommitFeed() : listeners_(std::make_shared<Listeners>()) {}

CommitFeed::~CommitFeed() = default;

std::unique_ptr<CommitFeed::Subscription> CommitFeed::Subscribe(
    Listener listener) {
  const std::lock_guard<std::mutex> lock(listeners_->mutex);
  const uint64_t id = listeners_->next_id++;
  listeners_->by_id.emplace(id, std::move(listener));
  return absl::WrapUnique(new Subscription(listeners_, id));
}

void CommitFeed::Publish(absl::Span<const domain::EventRecordPtr> events) {
  const std::lock_guard<std::mutex> lock(listeners_->mutex);
  for (const auto& [id, listener] : listeners_->by_id) listener(events);
}

CommitFeed::Subscription::~Subscription() {
  const std::lock_guard<std::mutex> lock(listeners_->mutex);
  listeners_->by_id.erase(id_);
}

}  // namespace qantara::store
