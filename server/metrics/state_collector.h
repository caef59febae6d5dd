// How the server stands, read from it at each scrape.
#ifndef QANTARA_SERVER_METRICS_STATE_COLLECTOR_H_
#define QANTARA_SERVER_METRICS_STATE_COLLECTOR_H_

#include <prometheus/collectable.h>

#include <functional>
#include <vector>

#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "server/core/connections.h"
#include "store/writer.h"

namespace qantara::server {

// Counts the items of all imports by state, checks that they balance, and tells
// how far log and tables are. Thread-safe; the references must outlive it.
class StateCollector final : public prometheus::Collectable {
 public:
  struct Parts {
    const Connections& connections;
    const domain::Clock& clock;
    const domain::EventLog& log;
    const domain::TableStore& tables;
    const store::Writer& writer;
    std::function<int()> inventory_watches;
  };

  explicit StateCollector(Parts parts) : parts_(std::move(parts)) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  void CollectImports(std::vector<prometheus::MetricFamily>* out) const;
  void CollectOpenWork(std::vector<prometheus::MetricFamily>* out) const;
  void CollectStockAges(std::vector<prometheus::MetricFamily>* out) const;
  void CollectConnections(std::vector<prometheus::MetricFamily>* out) const;

  const Parts parts_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_METRICS_STATE_COLLECTOR_H_
