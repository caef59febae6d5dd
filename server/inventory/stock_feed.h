// Follows the stock of a connection for everybody who watches it.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_FEED_H_
#define QANTARA_SERVER_INVENTORY_STOCK_FEED_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "domain/ports/event_log.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/inventory/encoded_commits.h"

namespace qantara::server {

// Hears that there may be more to tell. Called on the executor, which it must
// not block.
class StockFollower {
 public:
  virtual ~StockFollower() = default;
  virtual void OnNews() = 0;
};

// Reads each commit once, however many follow. Thread-safe.
class StockFeed : public CommitListener,
                  public std::enable_shared_from_this<StockFeed> {
 public:
  // Commits that may wait to be read; beyond that they are left to the log.
  static constexpr size_t kMaxPending = 4096;

  // `core` must outlive it.
  static std::shared_ptr<StockFeed> Start(Core& core,
                                          const std::string& connection);

  // Tells `follower` whenever there is news, until it is destroyed.
  void Follow(std::weak_ptr<StockFollower> follower);

  // The first commit above `position`; see EncodedCommits.
  EncodedCommits::Found After(domain::Position position) const {
    return commits_.After(position);
  }

  // Every stock event up to this position is found by After, or was before it
  // began. 0 while that is not known.
  domain::Position through() const;

  void OnTouched(domain::Position position,
                 const std::vector<uint32_t>&) override;

 private:
  StockFeed(Core& core, const std::string& connection);

  // Reads what is pending, on the executor.
  void Absorb();
  std::vector<std::shared_ptr<StockFollower>> Followers();

  Core& core_;
  SerialJob absorb_;
  EncodedCommits commits_;
  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  bool begun_ = false;
  bool absorbing_ = false;
  std::vector<domain::Position> pending_;
  domain::Position left_out_ = 0;  // Up to here nothing is pending any more.
  std::vector<std::weak_ptr<StockFollower>> followers_;
};

// The feeds of all connections, each alive while somebody uses it. Thread-safe.
class StockFeeds {
 public:
  // `core` must outlive it.
  explicit StockFeeds(Core& core) : core_(core) {}

  std::shared_ptr<StockFeed> Of(const std::string& connection);

  Core& core() { return core_; }

 private:
  Core& core_;
  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::weak_ptr<StockFeed>>
      feeds_;  // Guarded by mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_FEED_H_
