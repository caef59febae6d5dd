// One random run: commits, watches that stall, break off and come back, cuts,
// processes that are killed, pages that shift while they are read.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "domain/commands.h"
#include "server/inventory/inventory_watch.h"
#include "tests/server/inventory/fake_inventory_peer.h"
#include "tests/server/inventory/model/bell.h"
#include "tests/server/inventory/model/catalog_poller.h"
#include "tests/server/inventory/model/shifting_catalog.h"
#include "tests/server/inventory/model/watch_checker.h"
#include "tests/server/inventory/model/watch_world.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::server {

// What a run is to do.
struct WatchRunOptions {
  int connection = 0;  // Of the world; no other run may have used it.
  uint64_t seed = 0;
  bool restarts = false;  // The storage is closed and opened once.
  int kills = 0;          // How often the process is killed.
  // The stock is that of a catalog that shifts, read by the sweeper; else
  // readings come by chance, from nowhere.
  bool sweeps = false;
  // Planted bugs: tokens go on so many positions off; what a sweep did not show
  // is recorded as gone; what is missing in a list is a figure of zero.
  int token_error = 0;
  bool believes_absence = false;
  bool missing_is_zero = false;
};

// What came of it.
struct WatchRunResult {
  std::vector<std::string> violations;
  size_t messages = 0;
  size_t resumptions = 0;
  size_t resyncs = 0;
  size_t cuts = 0;
  // Kills; those in the middle of a commit, a fold or a cut; and those of the
  // process that came next, while it opened its files or right after.
  size_t kills = 0;
  size_t kills_in_change = 0;
  size_t kills_in_start = 0;
  // Cuts that a process left undone.
  size_t cuts_finished = 0;
  // Events that were found after a kill and of which nobody had heard.
  size_t found = 0;
  // Commands that were under way at a kill.
  size_t under_way = 0;
  size_t sweeps = 0;
  size_t shifts = 0;
  bool world_lost = false;  // Nothing can be done in this world any more.

  void Add(const WatchRunResult& other);
};

// One thread drives; the watches run on the world's.
class WatchRun {
 public:
  WatchRun(WatchWorld& world, const WatchRunOptions& options);

  WatchRunResult Go();

 private:
  struct Watcher {
    v1::WatchInventoryRequest request;
    bool stalled = false;
    std::unique_ptr<FakeInventoryPeer> peer;
    std::shared_ptr<InventoryWatch> watch;
    std::unique_ptr<WatchChecker> checker;
    std::map<std::string, domain::Position> tokens;  // Of earlier calls.
  };

  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  void Violate(const std::string& what);

  void Step();
  void Commit();
  void CommitLocations();
  void Cut();
  void Restart();
  // Reads what is new in the log; what was read is known to somebody.
  void ReadHistory();
  void Learn(const domain::EventRecordPtr& record);
  // Gives a command its connection and time.
  template <typename Command>
  Command Stamped(Command command);
  // Nothing: the process was killed meanwhile.
  template <typename Command>
  auto Execute(Command command);
  void Acknowledge(domain::Position position);

  // Of runs on a catalog; in watch_run_catalog.cc.
  void NewPoller();
  void Poll();
  void PollOnce();
  void BelieveAbsence();
  // Reads until everything must be known, while nothing changes any more.
  void Converge();
  void CheckConverged();
  void CheckTrue(const events::v1::EventRecord& record);

  // Of kills; in watch_run_kill.cc.
  void Kill();
  ProcessFiles::Plan RandomPlan(uint64_t most_changes);
  // Sends several commands, and waits for some of the answers.
  void Burst();
  void Revive();
  // Takes the watches of a dead process away; what it returns ends them.
  std::function<void()> Leave();
  // What is known must be there as it was.
  void CompareHistory();
  // What is there must have been sent, and each command once.
  void CompareSent();
  // What a process has left of a cut is done by the next one.
  void FinishCut();

  void Open(Watcher* watcher);
  // Begins anew or by a token that was given.
  void Resume(Watcher* watcher);
  static void End(FakeInventoryPeer& peer, InventoryWatch& watch);
  void Close(Watcher* watcher);
  void Reconnect(Watcher* watcher);
  // Takes what is there; returns whether there was anything.
  bool Pump();
  bool PumpOne(Watcher* watcher);
  // Takes everything until all who do not stall have it.
  void Settle();
  void Judge(Watcher* watcher);

  WatchWorld& world_;
  const WatchRunOptions options_;
  const std::string connection_;
  std::mt19937_64 random_;
  StockEvents history_;
  TrueStock stock_;               // After history_.
  domain::Position read_to_ = 0;  // The log's head when it was read last.
  domain::Position cut_ = 0;
  // What somebody was answered while the process lived.
  domain::Position acknowledged_ = 0;
  int64_t last_time_ = 0;  // Of a command; each has its own.
  std::vector<Watcher> watchers_;
  WatchRunResult result_;
  bool over_ = false;  // It cannot go on.
  const std::shared_ptr<Bell> bell_;

  simulation::VirtualClock clock_;
  std::unique_ptr<ShiftingCatalog> catalog_;
  std::unique_ptr<CatalogPoller> poller_;
};

template <typename Command>
Command WatchRun::Stamped(Command command) {
  command.connection = connection_;
  if constexpr (requires { command.observe_time; }) {
    command.observe_time = absl::FromUnixSeconds(++last_time_);
  }
  return command;
}

template <typename Command>
auto WatchRun::Execute(Command command) {
  auto executed = world_.bus().Execute(Stamped(std::move(command)));
  using Reply = decltype(executed->reply);
  if (!executed.ok()) {
    if (!world_.dead()) Violate(executed.status().ToString());
    return std::optional<Reply>();
  }
  Acknowledge(executed->position);
  return std::optional<Reply>(std::move(executed->reply));
}

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_
