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
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/delivery_worker.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
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

// Delivers and polls from Start until Stop. While it exists it is the refresher
// of its connection, which answers with kUnavailable before Start and after
// Stop; no call may be under way when it is destroyed.
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
  };

  ConnectionRuntime(const Parts& parts, const GatewayFactory& new_gateway);
  ~ConnectionRuntime();
  ConnectionRuntime(const ConnectionRuntime&) = delete;
  ConnectionRuntime& operator=(const ConnectionRuntime&) = delete;

  void Start();
  // Waits for the present steps; requests that are on their way get their
  // answer recorded by the next process.
  void Stop();

  CatalogVerifier& verifier() { return *verifier_; }

 private:
  DeliveryContext ContextOf(const Parts& parts);
  SweeperContext SweeperContextOf(const Parts& parts);
  VerifierContext VerifierContextOf(const Parts& parts);
  static std::unique_ptr<RetentionWorker> NewRetention(const Parts& parts);

  const std::string connection_;
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
  StockRefresher*& refresher_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONNECTION_RUNTIME_H_
