// Reads the remote catalog from end to end, again and again.
//
// One sweep serves two things at once: the stock of every product, and the
// index of SKUs that exist remotely.
#ifndef QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_
#define QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/actor.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/poller/catalog_walk.h"

namespace qantara::server {

// References must outlive the sweeper.
struct SweeperContext {
  std::string connection;
  // Wanted time from the begin of one sweep to the next; absent: only when
  // asked for.
  std::optional<absl::Duration> interval;
  CommandBus& bus;
  const domain::TableStore& tables;
  const domain::Clock& clock;
  domain::ProductGateway& gateway;
  OutboundGate& gate;
  RemoteIndex& index;
  ConnectionStatus& status;
  // Runs when a sweep ended, on the sweeper's thread.
  std::function<void()> ended;
};

// Whether a sweep is complete says CatalogWalk. One that is not still tells
// what it saw, and concludes nothing from what it did not see.
class CatalogSweeper {
 public:
  explicit CatalogSweeper(SweeperContext context);
  ~CatalogSweeper();
  CatalogSweeper(const CatalogSweeper&) = delete;
  CatalogSweeper& operator=(const CatalogSweeper&) = delete;

  void Start() { actor_.Start(); }
  void Stop() { actor_.Stop(); }

  // Asks for a sweep that begins after this call, unless one is wanted already.
  // Thread-safe.
  void Request();

  // For a simulation on virtual time, instead of Start: see Actor.
  int64_t RunOnceForTest() { return actor_.RunOnceForTest(); }
  bool IsAwakeForTest() { return actor_.IsAwakeForTest(); }

 private:
  // One sweep under way.
  struct Sweep {
    domain::Lane lane = domain::Lane::kPoll;
    int64_t began = 0;
    absl::Time began_time;
    domain::Position began_position = 0;
    CatalogWalk walk;
    bool waiting = false;
  };

  int64_t Step();
  int64_t ReadPage();
  void OnPage(const domain::PageAnswer& answer);
  void TakeRecords(const std::vector<const v1::RemoteProduct*>& records);
  void End(bool complete);
  // When polling begins: at once, or, where a process before this one has swept
  // already, after half the interval, so that deliveries go first.
  int64_t FirstBegin(int64_t now) const;

  const SweeperContext context_;
  Actor actor_;
  std::atomic<bool> requested_{false};
  std::optional<Sweep> sweep_;
  std::optional<int64_t> next_begin_;
  // Rows of the present sweep could not be recorded.
  bool take_failed_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_CATALOG_SWEEPER_H_
