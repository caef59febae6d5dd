// What the parts of a delivery worker share.
#ifndef QANTARA_SERVER_DELIVERY_DELIVERY_CONTEXT_H_
#define QANTARA_SERVER_DELIVERY_DELIVERY_CONTEXT_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/provider_traits.h"
#include "domain/ports/tables.h"
#include "domain/timestamps.h"
#include "server/core/command_bus.h"
#include "server/delivery/actor.h"
#include "server/delivery/delivery_metrics.h"
#include "server/delivery/outbound_gate.h"
#include "server/delivery/remote_index.h"

namespace qantara::server {

// The bounds of DESIGN.md part 4, from the configuration.
struct DeliveryBounds {
  absl::Duration request_timeout = absl::Seconds(30);
  absl::Duration max_processing = absl::Seconds(30);
  absl::Duration max_read_lag = absl::Seconds(10);
};

// A write leaves within this time after its intent is on disk, or within the
// request timeout where that is shorter, or never.
inline constexpr absl::Duration kSendWithin = absl::Seconds(5);

// How often a worker's command is queued again while the writer is overloaded.
inline constexpr int kMaxOverloaded = 1000;
inline constexpr absl::Duration kOverloadedPause = absl::Milliseconds(10);

// References must outlive the worker. Used on the worker's thread only.
struct DeliveryContext {
  std::string connection;
  DeliveryBounds bounds;
  CommandBus& bus;
  const domain::EventLog& log;
  const domain::TableStore& tables;
  const domain::Clock& clock;
  domain::ProductGateway& gateway;
  OutboundGate& gate;
  RemoteIndex& index;
  DeliveryMetrics& metrics;
  // Asks for a complete sweep; the worker is woken when it is done.
  std::function<void()> request_sweep;

  // Set by the worker: runs a message on its thread.
  std::function<void(std::function<void()>)> post;
  // Tables must show this position before they are read again.
  domain::Position needed_position = 0;

  // An answer could not be recorded: its intent is to be found and settled.
  bool answer_lost = false;

  // What the provider behind the gateway can do.
  domain::ProviderTraits traits = {};

  // Executes a command and remembers the position that shows it. Waits, for a
  // while, where too much waits for the writer.
  template <typename Command>
  ExecutedOf<Command> Execute(const Command& command) {
    for (int tries = 0;; ++tries) {
      auto executed = bus.Execute(command);
      if (executed.ok()) {
        needed_position = std::max(needed_position, executed->position);
      }
      if (!absl::IsResourceExhausted(executed.status()) ||
          tries == kMaxOverloaded) {
        return executed;
      }
      absl::SleepFor(kOverloadedPause);
    }
  }

  // When lists show, at the latest, what has been written by now.
  int64_t ShownFrom() const {
    return clock.BootMillis() + absl::ToInt64Milliseconds(bounds.max_read_lag);
  }

  // The window of a write that is claimed now.
  events::v1::SendWindow NewWindow() const {
    const absl::Duration send_within =
        std::min(kSendWithin, bounds.request_timeout);
    events::v1::SendWindow window;
    window.set_boot_id(clock.boot_id());
    window.set_send_by_boot_millis(clock.BootMillis() +
                                   absl::ToInt64Milliseconds(send_within));
    *window.mutable_send_by_time() =
        domain::ToTimestamp(clock.Now() + send_within);
    *window.mutable_request_timeout() =
        domain::ToProtoDuration(bounds.request_timeout);
    *window.mutable_max_processing() =
        domain::ToProtoDuration(bounds.max_processing);
    return window;
  }

  // The same for the gateway.
  domain::WriteWindow GatewayWindow(
      const events::v1::SendWindow& window) const {
    return {window.send_by_boot_millis(), bounds.request_timeout};
  }
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_DELIVERY_CONTEXT_H_
