// Reads the remote catalog from end to end, again and again, and single records
// of it in between.
#ifndef QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_
#define QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "absl/status/statusor.h"
#include "server/delivery/actor.h"
#include "server/poller/catalog_sweep.h"
#include "server/poller/gated_reads.h"
#include "server/poller/hot_products.h"
#include "server/poller/location_poll.h"
#include "server/poller/poll_reads.h"
#include "server/poller/read_times.h"
#include "server/poller/spot_checks.h"
#include "server/poller/stock_recorder.h"
#include "server/poller/stock_refresh.h"
#include "server/poller/sweeper_context.h"

namespace qantara::server {

// One sweep serves three things at once: the stock of every product, the index
// of SKUs that exist remotely, and what somebody changed behind our back.
//
// Whether a sweep is complete says CatalogWalk. One that is not still tells
// what it saw, and concludes nothing from what it did not see. Also a complete
// one concludes little: a record that it did not show is asked for by id, and
// counts as existing until the provider says that it is gone. An empty catalog
// where records were known is no complete sweep.
//
// The interval is a wish with a tenth of jitter. Between sweeps hot products
// are read, with at most half of the budget.
class CatalogSweeper {
 public:
  explicit CatalogSweeper(SweeperContext context);
  ~CatalogSweeper();
  CatalogSweeper(const CatalogSweeper&) = delete;
  CatalogSweeper& operator=(const CatalogSweeper&) = delete;

  void Start();
  // Waits for the present step. Idempotent.
  void Stop();

  // Asks for a sweep that begins after this call, unless one is wanted already.
  // Thread-safe.
  void Request();

  // Answers with kUnavailable before Start and after Stop.
  StockRefresher& refresher() { return refresh_; }

  // For a simulation on virtual time, instead of Start: see Actor.
  int64_t RunOnceForTest() { return actor_.RunOnceForTest(); }
  bool IsAwakeForTest() { return actor_.IsAwakeForTest(); }
  void OpenForTest() { refresh_.Open(); }

 private:
  int64_t Step();
  void BeginIfDue(int64_t now);
  // When polling begins: at once, or, where a process before this one has swept
  // already, after half the interval, so that deliveries go first.
  int64_t FirstBegin(int64_t now) const;
  int64_t JitteredInterval();
  void End();
  void EndComplete();
  // Queues what the sweep did not show. Returns whether the sweep counts as
  // complete: it is not when it showed nothing although records were known.
  absl::StatusOr<bool> TakeAbsent();
  void OnDisagreement(const ListDisagreement& disagreement);
  void OnGone(const std::string& remote_id);
  void OnFound(const v1::RemoteProduct& record);
  // Tells how old the figures are, unless it did just now; returns when to be
  // called again.
  int64_t PublishAges(int64_t now);

  const SweeperContext context_;
  Actor actor_;
  ReadTimes times_;
  GatedReads reads_;
  HotProducts hot_;
  StockRecorder recorder_;
  StockRefresh refresh_;
  SpotChecks spot_checks_;
  PollReads poll_reads_;
  LocationPoll locations_;
  std::mt19937 random_;
  std::atomic<bool> requested_{false};
  std::unique_ptr<CatalogSweep> sweep_;
  domain::Lane lane_ = domain::Lane::kPoll;
  std::optional<int64_t> next_begin_;
  // Begin of the last complete sweep.
  std::optional<int64_t> last_complete_;
  // When the ages may be told again.
  int64_t next_ages_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_
