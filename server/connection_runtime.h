// Everything that works on behalf of one connection.
#ifndef QANTARA_SERVER_CONNECTION_RUNTIME_H_
#define QANTARA_SERVER_CONNECTION_RUNTIME_H_

#include <functional>
#include <memory>
#include <string>

#include "adapters/credentials/credentials.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/core/command_bus.h"
#include "server/core/connections.h"
#include "server/core/timer.h"
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/delivery_worker.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/operations/connection_checker.h"
#include "server/poller/catalog_sweeper.h"
#include "server/retention/retention_worker.h"
#include "server/storage.h"
#include "server/verify/catalog_verifier.h"

namespace qantara::server {

// How the provider of a connection is reached.
struct ProviderAccess {
  std::unique_ptr<domain::ProductGateway> gateway;
  // What the gateway shows; null: the gateway needs nothing of that kind.
  std::shared_ptr<adapters::Credentials> credentials;
};

// Makes the access of a connection.
using GatewayFactory =
    std::function<ProviderAccess(const ConnectionSettings& settings)>;

// Delivers and polls from Start until Stop, with the settings that its
// connection had when it was made. Until another one takes its place it is the
// checker and the refresher of its connection; the latter answers with
// kUnavailable before Start and after Stop. No call may be under way when it is
// destroyed.
class ConnectionRuntime {
 public:
  // The references must outlive it.
  struct Parts {
    Connection& connection;
    Storage& storage;
    CommandBus& bus;
    const domain::Clock& clock;
    DeliveryMetrics& metrics;
    RetentionMetrics& retention_metrics;
    // Stopped before the runtime is destroyed.
    Timer& timer;
  };

  ConnectionRuntime(const Parts& parts, const GatewayFactory& new_gateway);
  ~ConnectionRuntime();
  ConnectionRuntime(const ConnectionRuntime&) = delete;
  ConnectionRuntime& operator=(const ConnectionRuntime&) = delete;

  void Start();
  // Waits for the present steps; requests that are on their way get their
  // answer recorded by the next process, or by the runtime that comes next.
  void Stop();
  // Stops for good: another runtime takes its place.
  void Retire();

  const ConnectionSettings& settings() const { return settings_; }
  CatalogVerifier& verifier() { return *verifier_; }

 private:
  DeliveryContext ContextOf(const Parts& parts);
  SweeperContext SweeperContextOf(const Parts& parts);
  VerifierContext VerifierContextOf(const Parts& parts);
  ConnectionChecker::Parts CheckerPartsOf(const Parts& parts);
  std::unique_ptr<RetentionWorker> NewRetention(const Parts& parts);

  const std::string connection_;
  const ConnectionSettings settings_;
  RemoteIndex index_;
  ProviderAccess provider_;
  OutboundGate gate_;
  std::unique_ptr<DeliveryWorker> worker_;
  std::unique_ptr<CatalogSweeper> sweeper_;
  std::unique_ptr<CatalogVerifier> verifier_;
  // Null where history is kept for ever.
  std::unique_ptr<RetentionWorker> retention_;
  store::CommitFeed& feed_;
  std::unique_ptr<store::CommitFeed::Subscription> commits_;
  ConnectionChecker checker_;
  Connection& served_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONNECTION_RUNTIME_H_
