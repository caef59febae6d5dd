// What operators can watch, in Prometheus' form. Never a SKU in a label.
#ifndef QANTARA_SERVER_METRICS_METRICS_H_
#define QANTARA_SERVER_METRICS_METRICS_H_

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/delivery/delivery_metrics.h"
#include "server/retention/retention_metrics.h"

namespace qantara::server {

// Counts what delivery and retention tell. Thread-safe.
class Metrics final : public DeliveryMetrics, public RetentionMetrics {
 public:
  Metrics();

  void CountRequest(const std::string& connection, absl::string_view operation,
                    int code) override;
  void CountIntentsRecovered(const std::string& connection,
                             int intents) override;
  void SetUnknownItems(const std::string& connection, int items) override;
  void CountCut(const std::string& connection,
                const domain::CutResult& result) override;

  const std::shared_ptr<prometheus::Registry>& registry() const {
    return registry_;
  }

 private:
  const std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Counter>& recovered_;
  prometheus::Family<prometheus::Gauge>& unknown_;
  prometheus::Family<prometheus::Counter>& events_cut_;
  prometheus::Family<prometheus::Counter>& bytes_cut_;
};

// Serves `/metrics` while it lives.
class MetricsEndpoint {
 public:
  // `address` is HOST:PORT; port 0 picks one. The collectables are read at each
  // scrape and must outlive the endpoint.
  //
  // Errors: kUnavailable when the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Start(
      const std::string& address,
      const std::vector<std::shared_ptr<prometheus::Collectable>>& sources);

  int port() const { return port_; }

 private:
  MetricsEndpoint() = default;

  std::unique_ptr<prometheus::Exposer> exposer_;
  std::vector<std::shared_ptr<prometheus::Collectable>> sources_;
  int port_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_METRICS_METRICS_H_
