// One WatchInventory call, below gRPC.
//
// It pulls from the log at the client's pace and holds at most one batch of
// messages: a slow client costs nothing but its own delay.
#ifndef QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_
#define QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "domain/ports/tables.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"
#include "server/inventory/stock_filter.h"
#include "server/inventory/stock_stream.h"

namespace qantara::server {

using InventoryPeer = StreamPeer<v1::WatchInventoryResponse>;

// Thread-safe.
class InventoryWatch : public CommitListener,
                       public std::enable_shared_from_this<InventoryWatch> {
 public:
  static constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(15);
  // Rows of the tables that are read at once.
  static constexpr size_t kMaxRows = 256;
  // Changes in one message.
  static constexpr int kMaxChanges = 1000;
  // Longest time for taking the snapshot: it holds old rows on the disk.
  static constexpr absl::Duration kMaxSnapshotTime = absl::Minutes(5);

  // `core` and, until Finish, `peer` must outlive it. A bad request finishes
  // the call at once. `slot` is held until the call is over.
  static std::shared_ptr<InventoryWatch> Start(
      Core& core, InventoryPeer& peer, const v1::WatchInventoryRequest& request,
      Slots::Slot slot);

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

  void OnTouched(domain::Position, const std::vector<uint32_t>&) override;

 private:
  using Response = v1::WatchInventoryResponse;

  InventoryWatch(Core& core, InventoryPeer& peer, Slots::Slot slot);

  absl::Status Prepare(const v1::WatchInventoryRequest& request);

  // One round of work, on the executor.
  void Step();
  // Fills `out` with what comes next; empty when there is nothing new.
  absl::Status Produce(std::deque<Response>* out);
  absl::Status Begin(std::deque<Response>* out);
  absl::Status ProduceRows(std::deque<Response>* out);
  absl::Status ProduceChanges(std::deque<Response>* out);
  void AddChanges(const events::v1::EventRecord& record,
                  std::deque<Response>* out);
  void AddCaughtUp(std::deque<Response>* out);
  void AddHeartbeatIfDue(std::deque<Response>* out);
  std::string Token(domain::Position position) const;

  // Each of these is called with mutex_ held.
  bool WriteNext();
  void Finish(const absl::Status& status);
  void Poke();
  void PokeAfter(absl::Duration delay);

  Core& core_;
  const Slots::Slot slot_;
  SerialJob step_;

  // Constant after Start.
  const Connection* connection_ = nullptr;
  StockFilter filter_;
  absl::Duration heartbeat_ = kDefaultHeartbeat;

  // Used by Step only.
  bool begun_ = false;
  // Where to begin without snapshot.
  std::optional<domain::Position> begin_after_;
  std::unique_ptr<domain::TableSnapshot> snapshot_;
  int64_t snapshot_until_ = 0;
  std::string next_row_key_;
  std::optional<StockStream> stream_;
  // Everything up to here was produced.
  domain::Position position_ = 0;
  bool caught_up_ = false;
  bool over_ = false;  // Nothing follows what is in the queue.

  std::mutex mutex_;
  // All below are guarded by mutex_.
  InventoryPeer* peer_;  // Null once the call is finished.
  std::deque<Response> queue_;
  bool writing_ = false;
  bool cancelled_ = false;
  bool finish_when_written_ = false;
  bool timer_set_ = false;
  int64_t last_written_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_INVENTORY_WATCH_H_
