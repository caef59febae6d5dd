// A sweeper on virtual time, with a log and tables in memory, before a fake
// catalog.
#ifndef QANTARA_TESTS_SERVER_POLLER_POLLER_HARNESS_H_
#define QANTARA_TESTS_SERVER_POLLER_POLLER_HARNESS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/poller/catalog_sweeper.h"
#include "tests/server/poller/fake_catalog.h"
#include "tests/simulation/direct_writer.h"
#include "tests/simulation/memory_event_log.h"
#include "tests/simulation/versioned_tables.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::server {

// Not thread-safe.
class PollerHarness {
 public:
  static constexpr char kConnection[] = "shop";
  static constexpr int64_t kLag = 1000;

  explicit PollerHarness(
      std::optional<absl::Duration> interval = absl::Seconds(60));

  FakeCatalog& catalog() { return catalog_; }
  CatalogSweeper& sweeper() { return *sweeper_; }
  StockRefresher& refresher() { return sweeper_->refresher(); }
  RemoteIndex& index() { return index_; }
  ConnectionStatus& status() { return status_; }
  const simulation::VirtualClock& clock() const { return clock_; }

  // Forgets what the process held, as a restart does.
  void Restart();

  // Lets the sweeper do what it can now, without answering anything.
  void Work();
  // Lets a moment pass, and nothing else happen.
  void RunTick();
  // Lets time pass, and answers every request at once, in order; with
  // `backwards` the last one first.
  void RunFor(absl::Duration time, bool backwards = false);
  // Runs until the present sweep, or the next one, has ended.
  void RunSweep(bool backwards = false);
  int sweeps() const { return sweeps_; }
  domain::Position head() const { return log_.head(); }

  // The stock of a record as the tables show it; nothing: never observed.
  std::optional<tables::v1::StockRow> Stock(int id) const;
  // Its figure at location 3; empty: none.
  std::string Quantity(int id) const;
  // Events of the stock stream so far, those of sweeps not counted.
  const std::vector<events::v1::Event>& stock_events() const {
    return stock_events_;
  }
  // Commands that came to the writer.
  int commands() const { return commands_; }
  // The next one that leads to an event fails; the writer goes on.
  void RefuseNextCommand() { refuse_next_ = true; }
  const std::vector<ListDisagreement>& disagreements() const {
    return disagreements_;
  }

 private:
  class NoMetrics : public DeliveryMetrics {
   public:
    void CountRequest(const std::string&, absl::string_view, int) override {}
    void CountIntentsRecovered(const std::string&, int) override {}
    void SetUnknownItems(const std::string&, int) override {}
  };

  simulation::DirectWriter::Hooks Hooks();
  void NewSweeper();
  // Answers what waits, or lets time pass up to `end`.
  void StepTowards(int64_t end, bool backwards);

  const std::optional<absl::Duration> interval_;
  simulation::VirtualClock clock_;
  simulation::MemoryEventLog log_;
  simulation::VersionedTables tables_;
  std::vector<events::v1::Event> stock_events_;
  int commands_ = 0;
  bool refuse_next_ = false;
  simulation::DirectWriter writer_;
  CommandBus bus_;
  NoMetrics metrics_;
  ConnectionStatus status_;
  FakeCatalog catalog_;
  OutboundGate gate_;
  RemoteIndex index_;
  std::vector<ListDisagreement> disagreements_;
  int sweeps_ = 0;
  int64_t next_ = 0;
  std::unique_ptr<CatalogSweeper> sweeper_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_POLLER_POLLER_HARNESS_H_
