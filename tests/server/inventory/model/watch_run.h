// One random run: commits, watches that stall, break off and come back, cuts.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "domain/commands.h"
#include "server/inventory/inventory_watch.h"
#include "tests/server/inventory/fake_inventory_peer.h"
#include "tests/server/inventory/model/watch_checker.h"
#include "tests/server/inventory/model/watch_world.h"

namespace qantara::server {

// What a run is to do.
struct WatchRunOptions {
  int connection = 0;  // Of the world; no other run may have used it.
  uint64_t seed = 0;
  bool restarts = false;  // The storage is closed and opened once.
  // A planted bug: tokens go on so many positions off.
  int token_error = 0;
};

// What came of it.
struct WatchRunResult {
  std::vector<std::string> violations;
  size_t messages = 0;
  size_t resumptions = 0;
  size_t resyncs = 0;
  size_t cuts = 0;
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

  void Step();
  void Commit();
  void CommitLocations();
  void Cut();
  void Restart();
  v1::RemoteProduct RandomProduct();
  v1::InventoryFilter RandomFilter();
  void ReadHistory();
  template <typename Command>
  auto Execute(Command command);

  void Open(Watcher* watcher);
  // Begins anew or by a token that was given.
  void Resume(Watcher* watcher);
  void Close(Watcher* watcher);
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
  StockHistory history_;
  domain::Position cut_ = 0;
  std::vector<Watcher> watchers_;
  WatchRunResult result_;

  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t calls_ = 0;  // Of the peers; guarded by mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_RUN_H_
