// Cuts the history of a connection's stock where it is older or larger than
// configured.
#ifndef QANTARA_SERVER_RETENTION_RETENTION_WORKER_H_
#define QANTARA_SERVER_RETENTION_RETENTION_WORKER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/commands.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/history_cutter.h"
#include "domain/ports/tables.h"
#include "server/core/command_bus.h"
#include "server/delivery/actor.h"
#include "server/retention/old_events.h"
#include "server/retention/retention_limits.h"
#include "server/retention/retention_metrics.h"
#include "server/retention/stock_history.h"

namespace qantara::server {

// When a cut is worth it, and how fast it goes. Times are in milliseconds.
struct RetentionPace {
  // Old changes that are worth a cut: as many as one of both says at least, and
  // of no fewer bytes than the snapshot costs, which is what the table of stock
  // holds of the connection.
  uint64_t least_events = 1000;
  uint64_t least_bytes = uint64_t{1} << 20;
  // From the end of one cut, or from finding that none is worth it, to the
  // next.
  int64_t between_cuts = 60'000;
  // Between two looks at what is new.
  int64_t between_looks = 5'000;
  // Between two parts of the snapshot, two batches of a cut and two pages of
  // the log, so that commands and readers are not starved.
  int64_t between_steps = 10;
  // Products in one part of a snapshot, domain::kMaxSnapshotRows at most.
  size_t snapshot_rows = domain::kMaxSnapshotRows;
};

// References must outlive the worker.
struct RetentionContext {
  std::string connection;
  RetentionLimits limits;
  CommandBus& bus;
  const domain::EventLog& log;
  domain::HistoryCutter& cutter;
  const domain::TableStore& tables;
  const domain::Clock& clock;
  RetentionMetrics& metrics;
  RetentionPace pace = {};
};

// A cut is: parts of a snapshot of the stock as it is now, the event that
// records the cut, then, when the tables show that event, digests in place of
// the old events, oldest first. What a process left undone goes on in the next
// one: parts of a snapshot without a cut are of no use and are cut some day;
// a recorded cut is finished first. It stops for good when the log cannot be
// read or written any more.
class RetentionWorker {
 public:
  explicit RetentionWorker(const RetentionContext& context);
  ~RetentionWorker();
  RetentionWorker(const RetentionWorker&) = delete;
  RetentionWorker& operator=(const RetentionWorker&) = delete;

  void Start() { actor_.Start(); }
  void Stop() { actor_.Stop(); }

  // Instead of Start: see Actor.
  int64_t RunOnceForTest() { return actor_.RunOnceForTest(); }

 private:
  enum class Stage {
    kBegin,     // Looks how far the tables say that history is cut.
    kFollow,    // Sums up what is new, and decides whether to cut.
    kSnapshot,  // Takes parts of the snapshot.
    kRecord,    // Records the cut.
    kAwait,     // Waits until the tables show it.
    kCut,       // Cuts.
  };

  int64_t Step();
  absl::Status Work();
  absl::Status Begin();
  absl::Status Follow();
  absl::Status Look();
  absl::Status TakePart();
  absl::Status Record();
  absl::Status StartCut(domain::Position after);
  absl::Status Cut();
  void Abandon(const absl::Status& why);
  void Rest();

  const RetentionContext context_;
  Actor actor_;
  Stage stage_ = Stage::kBegin;
  // When the next step is due.
  int64_t next_ = 0;
  bool stopped_ = false;

  StockHistory history_;
  // Revision of the stream up to which the history is summed up.
  domain::Revision followed_ = 0;
  int64_t next_look_ = 0;
  int64_t next_cut_ = 0;

  // Everything up to here was cut before.
  domain::Position cut_before_ = 0;
  // The cut under way.
  domain::Position through_ = 0;
  std::string last_id_;
  // Ids of the table that are not in the snapshot yet.
  std::vector<std::string> ids_;
  domain::Position snapshot_position_ = 0;
  // Position that the tables must show before events are cut.
  domain::Position needed_ = 0;
  std::optional<OldEvents> old_;
  domain::CutResult result_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_RETENTION_WORKER_H_
