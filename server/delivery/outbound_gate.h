// The gate that every outbound request of a connection passes: budget, bound of
// requests in flight, and whether the provider can be asked at all.
#ifndef QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_
#define QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "domain/delivery/request_budget.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/core/connection_status.h"
#include "server/delivery/delivery_metrics.h"

namespace qantara::server {

// Thread-safe.
class OutboundGate {
 public:
  struct Options {
    std::string connection;
    double requests_per_minute = 240;
    int max_in_flight = 4;
  };

  // The references must outlive the gate.
  OutboundGate(Options options, const domain::Clock& clock,
               ConnectionStatus& status, DeliveryMetrics& metrics);

  double requests_per_minute() const { return options_.requests_per_minute; }

  // Asks to send one request. When granted, Leave or Cancel must follow. When
  // not, ask again at `retry_at`, or after a request left.
  domain::RequestBudget::Grant TryEnter(domain::Lane lane);

  // Time from which a request may be granted to anybody: now or before it where
  // asking makes sense. Takes nothing.
  int64_t FreeAt();

  // Asks to send the one reading request that finds out whether a connection
  // that is closed can be opened again. Not granted while it is open.
  domain::RequestBudget::Grant TryProbe();

  // The request was answered, or was not. Closes or opens the connection.
  void Leave(absl::string_view operation, const domain::CallReport& report);

  // The request was not sent after all.
  void Cancel();

 private:
  void Close(v1::ConnectionState state, int64_t pause_millis, int64_t now);
  void Open();
  int64_t BackOff();

  const Options options_;
  const domain::Clock& clock_;
  ConnectionStatus& status_;
  DeliveryMetrics& metrics_;
  std::mutex mutex_;
  // All below are guarded by mutex_.
  domain::RequestBudget budget_;
  std::mt19937 jitter_;
  int in_flight_ = 0;
  bool probing_ = false;
  int failures_ = 0;
  int64_t blocked_until_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_
