// The real sweeper of a process, before a catalog that shifts.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_CATALOG_POLLER_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_CATALOG_POLLER_H_

#include <cstdint>
#include <random>
#include <string>

#include "domain/ports/tables.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/poller/catalog_sweeper.h"
#include "tests/server/inventory/model/shifting_catalog.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::server {

// Its commands go through the writer of the process, its time is virtual. Gone
// with the process: what it had asked for is never answered then. Not
// thread-safe.
class CatalogPoller {
 public:
  struct Parts {
    std::string connection;
    CommandBus& bus;
    const domain::TableStore& tables;
    ShiftingCatalog& catalog;
    simulation::VirtualClock& clock;
    std::mt19937_64& random;
  };

  explicit CatalogPoller(const Parts& parts);
  ~CatalogPoller();

  // The sweeper does what it can; then one request is answered, whichever, or
  // time passes where none waits.
  void Step();
  // Somebody asks for a product.
  void Refresh(const std::string& remote_id);

  // Sweeps that ended, complete or not.
  int sweeps() const { return sweeps_; }

 private:
  class NoMetrics : public DeliveryMetrics {
   public:
    void CountRequest(const std::string&, absl::string_view, int) override {}
    void CountIntentsRecovered(const std::string&, int) override {}
    void SetUnknownItems(const std::string&, int) override {}
  };

  const Parts parts_;
  NoMetrics metrics_;
  ConnectionStatus status_;
  OutboundGate gate_;
  RemoteIndex index_;
  int sweeps_ = 0;
  CatalogSweeper sweeper_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_CATALOG_POLLER_H_
