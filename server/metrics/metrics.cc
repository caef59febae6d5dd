#include "server/metrics/metrics.h"

#include <exception>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

// Scrapes that are answered at once.
constexpr size_t kThreads = 2;

template <typename Builder>
auto& Build(Builder builder, const char* name, const char* help,
            prometheus::Registry& registry) {
  return builder.Name(name).Help(help).Register(registry);
}

}  // namespace

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()),
      requests_(Build(prometheus::BuildCounter(),
                      "qantara_outbound_requests_total",
                      "Requests to the provider that were answered; code 0: "
                      "no answer.",
                      *registry_)),
      recovered_(Build(
          prometheus::BuildCounter(), "qantara_intents_recovered_total",
          "Requests without recorded outcome found at start.", *registry_)),
      unknown_(Build(prometheus::BuildGauge(), "qantara_unknown_items",
                     "Items whose outcome is unknown at present.", *registry_)),
      events_cut_(
          Build(prometheus::BuildCounter(), "qantara_stock_events_cut_total",
                "Old stock events that were replaced by digests.", *registry_)),
      bytes_cut_(Build(prometheus::BuildCounter(),
                       "qantara_stock_bytes_cut_total",
                       "Stored bytes that this took less.", *registry_)) {}

void Metrics::CountRequest(const std::string& connection,
                           absl::string_view operation, int code) {
  requests_
      .Add({{"connection", connection},
            {"operation", std::string(operation)},
            {"code", absl::StrCat(code)}})
      .Increment();
}

void Metrics::CountIntentsRecovered(const std::string& connection,
                                    int intents) {
  recovered_.Add({{"connection", connection}}).Increment(intents);
}

void Metrics::SetUnknownItems(const std::string& connection, int items) {
  unknown_.Add({{"connection", connection}}).Set(items);
}

void Metrics::CountCut(const std::string& connection,
                       const domain::CutResult& result) {
  events_cut_.Add({{"connection", connection}})
      .Increment(static_cast<double>(result.cut));
  // What is left of a small event may be larger than the event.
  if (result.bytes_before <= result.bytes_after) return;
  bytes_cut_.Add({{"connection", connection}})
      .Increment(static_cast<double>(result.bytes_before - result.bytes_after));
}

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Start(
    const std::string& address,
    const std::vector<std::shared_ptr<prometheus::Collectable>>& sources) {
  std::unique_ptr<MetricsEndpoint> endpoint(new MetricsEndpoint());
  endpoint->sources_ = sources;
  // The library reports a refused address by an exception.
  try {
    endpoint->exposer_ =
        std::make_unique<prometheus::Exposer>(address, kThreads);
  } catch (const std::exception& error) {
    return absl::UnavailableError(absl::StrCat("cannot listen for metrics on ",
                                               address, ": ", error.what()));
  }
  for (const auto& source : endpoint->sources_) {
    endpoint->exposer_->RegisterCollectable(source);
  }
  const std::vector<int> ports = endpoint->exposer_->GetListeningPorts();
  endpoint->port_ = ports.empty() ? 0 : ports.front();
  return endpoint;
}

}  // namespace qantara::server
