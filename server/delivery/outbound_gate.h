// The gate that every outbound request of a connection passes: budget, bound of
// requests in flight, and whether the provider can be asked at all.
#ifndef QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_
#define QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "adapters/credentials/credentials.h"
#include "domain/delivery/request_budget.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/core/connection_status.h"
#include "server/delivery/credential_watch.h"
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

  // The references must outlive the gate. With `credentials` nothing is granted
  // while they are not usable, and a replaced one is probed with at once.
  OutboundGate(Options options, const domain::Clock& clock,
               ConnectionStatus& status, DeliveryMetrics& metrics,
               adapters::Credentials* credentials = nullptr);

  double requests_per_minute() const { return options_.requests_per_minute; }

  // Asks to send one request. When granted, Leave or Cancel must follow. When
  // not, ask again at `retry_at`, or after a request left. Polling never takes
  // the last place of those in flight, unless there is only one.
  domain::RequestBudget::Grant TryEnter(domain::Lane lane);

  // Time from which a request may be granted to anybody: now or before it where
  // asking makes sense. Takes nothing.
  int64_t FreeAt();

  // Asks to send the one reading request that finds out whether a connection
  // that is closed can be opened again. Not granted while it is open.
  domain::RequestBudget::Grant TryProbe();

  // The operation of a request that TryProbe granted.
  static constexpr char kProbe[] = "probe";

  // The request was answered, or was not. Closes or opens the connection.
  void Leave(absl::string_view operation, const domain::CallReport& report);

  // The request was not sent after all.
  void Cancel();

  // Another gate takes its place: nothing is granted any more, and what comes
  // back does not say how the connection is.
  void Retire();

 private:
  // Whether nothing may be sent, to whomever it is.
  bool IsShut(int64_t now) const;
  // When to ask again while it is shut.
  int64_t RetryAt(int64_t now) const;
  // Reacts to a credential that is not usable; returns when to ask again.
  int64_t Without(const adapters::CredentialStatus& credential, int64_t now);
  void Close(v1::ConnectionState state, std::string detail,
             int64_t blocked_until);
  void CloseDenied(absl::string_view operation,
                   const domain::CallReport& report, int64_t now);
  void Failed(absl::string_view operation, const domain::CallReport& report,
              int64_t now);
  void Open(absl::string_view operation);
  int64_t BackOff();

  const Options options_;
  const domain::Clock& clock_;
  ConnectionStatus& status_;
  DeliveryMetrics& metrics_;
  std::mutex mutex_;
  // All below are guarded by mutex_.
  CredentialWatch watch_;
  domain::RequestBudget budget_;
  std::mt19937 jitter_;
  int in_flight_ = 0;
  bool probing_ = false;
  bool retired_ = false;
  int failures_ = 0;
  int64_t blocked_until_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_OUTBOUND_GATE_H_
