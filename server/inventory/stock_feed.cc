#include "server/inventory/stock_feed.h"

#include <utility>

#include "server/core/touched_keys.h"

namespace qantara::server {

std::shared_ptr<StockFeed> StockFeed::Start(Core& core,
                                            const std::string& connection) {
  std::shared_ptr<StockFeed> feed(new StockFeed(core, connection));
  const domain::Position begin =
      core.tail.Follow(StockFollowKey(connection), feed);
  feed->commits_.Restart(begin);
  const std::lock_guard lock(feed->mutex_);
  feed->begun_ = true;
  feed->absorb_.Poke(feed);
  return feed;
}

StockFeed::StockFeed(Core& core, const std::string& connection)
    : core_(core),
      absorb_(core.executor, [this] { Absorb(); }),
      commits_(connection, 0) {}

void StockFeed::Follow(std::weak_ptr<StockFollower> follower) {
  const std::lock_guard lock(mutex_);
  followers_.push_back(std::move(follower));
}

domain::Position StockFeed::through() const {
  // Before looking at what is pending: later commits do not count.
  const domain::Position told = core_.tail.position();
  const std::lock_guard lock(mutex_);
  return begun_ && !absorbing_ && pending_.empty() ? told : 0;
}

void StockFeed::OnTouched(domain::Position position,
                          const std::vector<uint32_t>&) {
  const std::lock_guard lock(mutex_);
  if (pending_.size() >= kMaxPending) {
    left_out_ = pending_.back();
    pending_.clear();
  }
  // 0: something that is in no event.
  if (position != 0) pending_.push_back(position);
  absorb_.Poke(shared_from_this());
}

void StockFeed::Absorb() {
  std::vector<domain::Position> pending;
  {
    const std::lock_guard lock(mutex_);
    if (!begun_) return;
    absorbing_ = true;
    pending.swap(pending_);
    const domain::Position left_out = std::exchange(left_out_, 0);
    if (left_out != 0) commits_.Restart(left_out);
  }
  for (const domain::Position position : pending) {
    const auto read = core_.log.Read(position - 1, {.events = 1});
    if (read.ok() && !read->empty() &&
        !read->front()->event().has_event_cut()) {
      commits_.Add(read->front());
    } else {
      // Whoever needs it asks the log, and learns that it was cut already, or
      // why it cannot be read.
      commits_.Restart(position);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    absorbing_ = false;
  }
  for (const auto& follower : Followers()) follower->OnNews();
}

std::vector<std::shared_ptr<StockFollower>> StockFeed::Followers() {
  std::vector<std::shared_ptr<StockFollower>> alive;
  const std::lock_guard lock(mutex_);
  alive.reserve(followers_.size());
  size_t kept = 0;
  for (auto& weak : followers_) {
    auto follower = weak.lock();
    if (follower == nullptr) continue;
    alive.push_back(std::move(follower));
    if (&followers_[kept] != &weak) followers_[kept] = std::move(weak);
    ++kept;
  }
  followers_.resize(kept);
  return alive;
}

std::shared_ptr<StockFeed> StockFeeds::Of(const std::string& connection) {
  const std::lock_guard lock(mutex_);
  std::weak_ptr<StockFeed>& weak = feeds_[connection];
  std::shared_ptr<StockFeed> feed = weak.lock();
  if (feed == nullptr) {
    feed = StockFeed::Start(core_, connection);
    weak = feed;
  }
  return feed;
}

}  // namespace qantara::server
