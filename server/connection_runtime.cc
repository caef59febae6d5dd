#include "server/connection_runtime.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "server/logging/log.h"

namespace qantara::server {
namespace {

OutboundGate::Options GateOptionsOf(const ConnectionSettings& settings) {
  OutboundGate::Options options;
  options.connection = settings.id;
  options.requests_per_minute = settings.requests_per_minute;
  options.max_in_flight = static_cast<int>(settings.provider().max_in_flight);
  return options;
}

}  // namespace

ConnectionRuntime::ConnectionRuntime(const Parts& parts,
                                     const GatewayFactory& new_gateway)
    : connection_(parts.connection.id()),
      settings_(parts.connection.settings()),
      index_(parts.connection.traits),
      provider_(new_gateway(settings_)),
      gate_(GateOptionsOf(settings_), parts.clock, parts.connection.status,
            parts.metrics, provider_.credentials.get()),
      worker_(std::make_unique<DeliveryWorker>(ContextOf(parts))),
      sweeper_(std::make_unique<CatalogSweeper>(SweeperContextOf(parts))),
      verifier_(std::make_unique<CatalogVerifier>(VerifierContextOf(parts))),
      retention_(NewRetention(parts)),
      feed_(parts.storage.writer().feed()),
      checker_(CheckerPartsOf(parts)),
      served_(parts.connection) {
  served_.refresher = &sweeper_->refresher();
  served_.checker = &checker_;
}

ConnectionRuntime::~ConnectionRuntime() {
  Stop();
  served_.refresher = nullptr;
  served_.checker = nullptr;
  // After this no callback of the gateway runs; the workers outlive them all.
  provider_.gateway.reset();
}

void ConnectionRuntime::Start() {
  commits_ =
      feed_.Subscribe([this](absl::Span<const domain::EventRecordPtr> events) {
        for (const domain::EventRecordPtr& record : events) {
          if (record->event().parked_retried().connection() == connection_) {
            worker_->LookAgain(record->position());
          }
        }
        worker_->Wake();
      });
  worker_->Start();
  sweeper_->Start();
  verifier_->Start();
  if (retention_ != nullptr) retention_->Start();
}

void ConnectionRuntime::Stop() {
  commits_.reset();
  if (retention_ != nullptr) retention_->Stop();
  verifier_->Stop();
  sweeper_->Stop();
  worker_->Stop();
}

void ConnectionRuntime::Retire() {
  Stop();
  gate_.Retire();
}

DeliveryContext ConnectionRuntime::ContextOf(const Parts& parts) {
  const ProviderSettings& provider = settings_.provider();
  return {
      .connection = parts.connection.id(),
      .bounds = {provider.request_timeout, provider.max_processing,
                 provider.max_read_lag},
      .bus = parts.bus,
      .log = parts.storage.log(),
      .tables = parts.storage.tables(),
      .clock = parts.clock,
      .gateway = *provider_.gateway,
      .gate = gate_,
      .index = index_,
      .metrics = parts.metrics,
      .request_sweep = [this] { sweeper_->Request(); },
      .post = nullptr,
      .needed_position = 0,
      .answer_lost = false,
      .traits = parts.connection.traits,
  };
}

SweeperContext ConnectionRuntime::SweeperContextOf(const Parts& parts) {
  return {
      .connection = parts.connection.id(),
      .interval = settings_.inventory_poll_interval,
      .bus = parts.bus,
      .tables = parts.storage.tables(),
      .clock = parts.clock,
      .gateway = *provider_.gateway,
      .gate = gate_,
      .index = index_,
      .status = parts.connection.status,
      .ended = [this] { worker_->Wake(); },
      .read_lag = settings_.provider().max_read_lag,
      .disagreed =
          [connection =
               parts.connection.id()](const ListDisagreement& disagreement) {
            LogWarning("list_disagrees",
                       {{"connection", connection},
                        {"remote_id", disagreement.remote_id},
                        {"fields", absl::StrJoin(disagreement.fields, ", ")}});
          },
  };
}

std::unique_ptr<RetentionWorker> ConnectionRuntime::NewRetention(
    const Parts& parts) {
  const auto& limits = settings_.stock_retention;
  if (!limits.has_value()) return nullptr;
  return std::make_unique<RetentionWorker>(RetentionContext{
      .connection = parts.connection.id(),
      .limits = *limits,
      .bus = parts.bus,
      .log = parts.storage.log(),
      .cutter = parts.storage.log(),
      .tables = parts.storage.tables(),
      .clock = parts.clock,
      .metrics = parts.retention_metrics,
  });
}

VerifierContext ConnectionRuntime::VerifierContextOf(const Parts& parts) {
  return {
      .bus = parts.bus,
      .log = parts.storage.log(),
      .tables = parts.storage.tables(),
      .clock = parts.clock,
      .gateway = *provider_.gateway,
      .gate = gate_,
      .status = parts.connection.status,
  };
}

ConnectionChecker::Parts ConnectionRuntime::CheckerPartsOf(const Parts& parts) {
  return {
      .connection = parts.connection.id(),
      .base_url = settings_.provider().base_url,
      .gateway = *provider_.gateway,
      .gate = gate_,
      .status = parts.connection.status,
      .clock = parts.clock,
      .later =
          [&timer = parts.timer](absl::Duration delay,
                                 std::function<void()> task) {
            timer.After(delay, std::move(task));
          },
  };
}

}  // namespace qantara::server
