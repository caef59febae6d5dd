// What the poller of a connection works with.
#ifndef QANTARA_SERVER_POLLER_SWEEPER_CONTEXT_H_
#define QANTARA_SERVER_POLLER_SWEEPER_CONTEXT_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"
#include "server/poller/spot_checks.h"

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
  // How long the provider's lists may be behind.
  absl::Duration read_lag = absl::Seconds(5);
  // A list disagrees with a single record; runs on the sweeper's thread, and
  // may be null.
  std::function<void(const ListDisagreement&)> disagreed = nullptr;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_SWEEPER_CONTEXT_H_
