// Checks of one connection of a running server.
#ifndef QANTARA_SERVER_OPERATIONS_CONNECTION_CHECKER_H_
#define QANTARA_SERVER_OPERATIONS_CONNECTION_CHECKER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/connection_check.pb.h"
#include "server/core/call_scope.h"
#include "server/core/connection_status.h"
#include "server/delivery/outbound_gate.h"
#include "server/operations/connection_check.h"

namespace qantara::server {

// Passes the gate, as everything that a connection sends: in the lane of
// refreshing, or, where the connection is closed, as the probe that may open
// it. Thread-safe.
class ConnectionChecker : public CheckDoor {
 public:
  // The references must outlive it.
  struct Parts {
    std::string connection;
    std::string base_url;
    domain::ProductGateway& gateway;
    OutboundGate& gate;
    const ConnectionStatus& status;
    const domain::Clock& clock;
    ConnectionCheck::Later later;
  };

  using Done = std::function<void(absl::StatusOr<v1::CheckConnectionResponse>)>;

  explicit ConnectionChecker(Parts parts);

  // Checks the connection. `done` runs once, on any thread, and must not block;
  // with kCancelled as soon as the caller is gone.
  //
  // Errors given to `done`: kResourceExhausted (OVERLOADED) while a check is
  // under way.
  void Check(CallScope& scope, const Done& done);

  // CheckDoor; one request at a time.
  Entry TryEnter() override;
  void Leave(const domain::CallReport& report) override;

 private:
  const Parts parts_;
  // Whether a check is under way. Shared with it: what the transport holds of
  // it may go later than this.
  const std::shared_ptr<std::atomic<bool>> busy_ =
      std::make_shared<std::atomic<bool>>(false);
  const char* operation_ = "";  // Of the request under way.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_CONNECTION_CHECKER_H_
