// One WatchInventory call, below gRPC.
//
// A watch that wants everything as it is takes its messages from the feed of
// its connection, where they are encoded once for all. Any other one, and one
// that lags behind what the feed keeps, reads events and makes its own. Each
// pulls at its client's pace and holds at most one batch of messages: a slow
// client costs nothing but its own delay.
#ifndef QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_
#define QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/inventory/inventory_peer.h"
#include "server/inventory/latest_changes.h"
#include "server/inventory/snapshot_rows.h"
#include "server/inventory/stock_feed.h"
#include "server/inventory/stock_stream.h"
#include "server/inventory/watch_wishes.h"

namespace qantara::server {

// Thread-safe.
class InventoryWatch : public StockFollower,
                       public std::enable_shared_from_this<InventoryWatch> {
 public:
  // Longest time for taking the snapshot: it holds old rows on the disk.
  static constexpr absl::Duration kMaxSnapshotTime = absl::Minutes(5);
  // Events that may wait before a client is told that it fell behind.
  static constexpr uint64_t kFellBehindEvents = 1000;
  // Events, and bytes of messages, that are made at once.
  static constexpr int kMaxBatchEvents = 64;
  static constexpr size_t kMaxBatchBytes = 256 << 10;
  // How often interest in products that are named is renewed.
  static constexpr absl::Duration kInterestInterval = absl::Minutes(5);

  // What `feeds` stands on and, until Finish, `peer` must outlive it. A bad
  // request finishes the call at once. `slot` is held until the call is over.
  static std::shared_ptr<InventoryWatch> Start(
      StockFeeds& feeds, InventoryPeer& peer,
      const v1::WatchInventoryRequest& request, Slots::Slot slot);

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

  void OnNews() override;

 private:
  using Response = v1::WatchInventoryResponse;
  using Queue = std::vector<EncodedMessage>;

  InventoryWatch(StockFeeds& feeds, InventoryPeer& peer, Slots::Slot slot);

  absl::Status Prepare(StockFeeds& feeds,
                       const v1::WatchInventoryRequest& request);

  // One round of work, on the executor.
  void Step();

  // These make messages; while following_ with mutex_ held, else in Step only.
  // They are in inventory_watch_produce.cc.
  absl::Status Produce(Queue* out);
  absl::Status Begin(Queue* out);
  absl::Status ProduceRows(Queue* out);
  absl::Status ProduceChanges(Queue* out);
  absl::Status ReadLog(Queue* out);
  void TakeCommits(EncodedCommits::Found found, domain::Position through,
                   Queue* out);
  void AddEvent(const events::v1::EventRecord& record, Queue* out);
  void AddLatest(Queue* out);
  template <typename Changes>
  void AddChanges(Changes* changes, Queue* out);
  absl::Status AddResync(domain::Position cut, Queue* out);
  void AddCaughtUp(Queue* out);
  void AddHeartbeat(Queue* out);
  void AddFellBehind(const EncodedCommits::Found& found, Queue* out);
  void Add(Response response, bool with_token, Queue* out) const;
  // Nothing above position_ was found, and all up to `through` was looked at.
  void InSync(const EncodedCommits::Found& found, domain::Position through,
              Queue* out);
  void KeepInterest();

  // Each of these is called with mutex_ held.
  bool WriteNext();
  bool IsQueueEmpty() const { return written_ == queue_.size(); }
  void SetQueue(Queue queue);
  void TakeFromFeed();
  void Beat();
  bool BeatIsDue() const;
  void Finish(const absl::Status& status);
  void Poke();
  void PokeForBeat();

  Core& core_;
  const Slots::Slot slot_;
  SerialJob step_;

  // Constant after Start.
  WatchWishes wishes_;
  std::shared_ptr<StockFeed> feed_;

  // Used by Step, while following_ is false.
  bool begun_ = false;
  std::unique_ptr<v1::InventoryFilter> named_;  // Until Begin.
  std::vector<std::string> interest_;           // Records that are named.
  int64_t interest_told_ = 0;
  std::unique_ptr<SnapshotRows> rows_;
  int64_t rows_until_ = 0;
  std::optional<StockStream> stream_;
  std::unique_ptr<LatestChanges> latest_;
  bool again_ = false;  // There is more to do than what was made.
  bool over_ = false;   // Nothing follows what was made.

  // Used by Step while following_ is false, and else guarded by mutex_.
  // Everything up to here was made.
  domain::Position position_ = 0;
  // Events that were looked at, counted as the feed does.
  uint64_t ordinal_ = 0;
  bool caught_up_ = false;
  bool fell_behind_ = false;
  bool in_sync_ = false;  // Nothing was missing when last looked at.

  std::mutex mutex_;
  // All below are guarded by mutex_.
  InventoryPeer* peer_;  // Null once the call is finished.
  Queue queue_;          // Messages that were made.
  size_t written_ = 0;   // The first of them: written, or being written.
  // Messages are taken from the feed as they are, without Step.
  bool following_ = false;
  bool more_to_follow_ = false;
  bool writing_ = false;
  bool cancelled_ = false;
  bool finish_when_written_ = false;
  bool timer_set_ = false;
  int64_t last_written_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_
