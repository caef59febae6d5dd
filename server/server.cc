#include "server/server.h"

#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "server/core/touched_keys.h"
#include "server/logging/log.h"
#include "server/metrics/state_collector.h"

namespace qantara::server {
namespace {

constexpr Executor::Bounds kExecutorBounds = {.threads = 8, .waiting = 1024};
// Half of what may wait for the writer: single writes find room beside imports.
constexpr size_t kImportBytes = size_t{32} << 20;
constexpr absl::Duration kHealthInterval = absl::Seconds(1);
// Memory for messages that are being read or written.
constexpr size_t kGrpcMemoryBytes = size_t{512} << 20;
constexpr int kKeepaliveMillis = 60'000;
constexpr int kKeepaliveTimeoutMillis = 20'000;
constexpr int kMinPingMillis = 10'000;
// Nothing is compressed and nobody asks for channelz; both cost memory for each
// call or connection. Compressed messages are still understood.
constexpr int kOff = 0;
// What a connection that waits holds for the next bytes; it grows with what is
// read at a time.
constexpr int kReadChunkBytes = 512;
// Frees the address soon after a restart, but never shares it.
constexpr int kNoReusePort = 0;

const char* const kServices[] = {
    "", "qantara.v1.CatalogService", "qantara.v1.ProductService",
    "qantara.v1.InventoryService", "qantara.v1.OperationsService"};

void LogNotServing(const absl::Status& why) {
  LogError("not_serving", {{"error", std::string(why.message())}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerSettings& settings, const domain::Clock& clock,
    const GatewayFactory& new_gateway) {
  QANTARA_ASSIGN_OR_RETURN(
      std::unique_ptr<Storage> storage,
      Storage::Open(settings.data_dir, clock, settings.env));
  std::unique_ptr<Server> server(
      new Server(settings, clock, new_gateway, std::move(storage)));
  // Calls find what reads stock for them.
  for (Connection* connection : server->connections_.all()) {
    server->MakeRuntime(*connection);
  }
  QANTARA_RETURN_IF_ERROR(server->Listen());
  QANTARA_RETURN_IF_ERROR(server->ServeMetrics());
  server->StartDelivery();
  server->WatchHealth();
  return server;
}

Server::Server(const ServerSettings& settings, const domain::Clock& clock,
               GatewayFactory new_gateway, std::unique_ptr<Storage> storage)
    : settings_(settings),
      clock_(clock),
      new_gateway_(std::move(new_gateway)),
      storage_(std::move(storage)),
      connections_(settings.connections),
      fresh_tables_(storage_->log(), storage_->tables(),
                    [this] { return !storage_->writer().accepting().ok(); }),
      bus_(storage_->writer()),
      import_bytes_(kImportBytes),
      executor_(kExecutorBounds),
      tail_(storage_->log(), storage_->tables()),
      core_{connections_, clock_,        storage_->log(), fresh_tables_, bus_,
            tail_,        import_bytes_, executor_,       timer_},
      pauses_(connections_, storage_->tables(), storage_->writer().feed()),
      verifiers_(connections_),
      catalog_(core_, verifiers_),
      products_(core_),
      inventory_(core_),
      operations_(core_, {storage_->log(), storage_->log(),
                          settings.backup_dir.empty()
                              ? absl::StrCat(settings.data_dir, "/backups")
                              : settings.backup_dir}),
      reflection_(DescriptorCatalog::BuiltIn()),
      reflection_alpha_(DescriptorCatalog::BuiltIn()) {
  for (Connection* connection : connections_.all()) Watch(*connection);
}

Server::~Server() { Stop(absl::ZeroDuration()); }

absl::Status Server::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(settings_.listen, grpc::InsecureServerCredentials(),
                           &port_);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetResourceQuota(
      grpc::ResourceQuota("qantara").Resize(kGrpcMemoryBytes));
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, kNoReusePort);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMillis);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             kKeepaliveTimeoutMillis);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingMillis);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, kOff);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, kOff);
  builder.AddChannelArgument(GRPC_ARG_TCP_READ_CHUNK_SIZE, kReadChunkBytes);
  catalog_.AddTo(methods_);
  products_.AddTo(methods_);
  inventory_.AddTo(methods_);
  operations_.AddTo(methods_);
  builder.RegisterCallbackGenericService(&methods_);
  builder.RegisterService(&reflection_);
  builder.RegisterService(&reflection_alpha_);
  grpc_ = builder.BuildAndStart();
  if (grpc_ == nullptr || port_ == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", settings_.listen));
  }
  serving_ = storage_->log().writable().ok();
  if (!serving_) LogNotServing(storage_->log().writable());
  SetHealth(serving_);
  return absl::OkStatus();
}

absl::Status Server::ServeMetrics() {
  if (settings_.metrics_listen.empty()) return absl::OkStatus();
  const auto state = std::make_shared<StateCollector>(StateCollector::Parts{
      connections_, clock_, storage_->log(), storage_->tables(),
      storage_->writer(), [this] { return inventory_.watches(); }});
  QANTARA_ASSIGN_OR_RETURN(
      metrics_endpoint_, MetricsEndpoint::Start(settings_.metrics_listen,
                                                {metrics_.registry(), state}));
  return absl::OkStatus();
}

void Server::Watch(Connection& connection) {
  connection.status.OnChange(
      [this, id = connection.id()] { tail_.Tell(ConnectionFollowKey(id)); });
}

void Server::MakeRuntime(Connection& connection) {
  if (new_gateway_ == nullptr) return;
  runtimes_[connection.id()] = std::make_unique<ConnectionRuntime>(
      ConnectionRuntime::Parts{connection, *storage_, bus_, clock_, metrics_,
                               metrics_, timer_},
      new_gateway_);
}

void Server::StartRuntime(Connection& connection) {
  const auto runtime = runtimes_.find(connection.id());
  // A log that is only read takes no intent: nothing is sent, nothing polled.
  if (runtime == runtimes_.end() || !storage_->log().writable().ok()) return;
  runtime->second->Start();
  verifiers_.Add(connection.id(), runtime->second->verifier());
}

void Server::StartDelivery() {
  for (Connection* connection : connections_.all()) StartRuntime(*connection);
}

void Server::Reconfigure(const std::vector<ConnectionSettings>& settings) {
  std::set<std::string> wanted;
  for (const ConnectionSettings& one : settings) {
    wanted.insert(one.id);
    const auto known = connections_.Find(one.id, "connection");
    if (!known.ok()) {
      AddConnection(one);
    } else if ((*known)->settings() != one) {
      ChangeConnection(**known, one);
    }
  }
  for (const Connection* connection : connections_.all()) {
    if (wanted.count(connection->id()) > 0) continue;
    LogWarning("connection_kept", {{"connection", connection->id()},
                                   {"why", "it goes with the next start"}});
  }
}

void Server::AddConnection(const ConnectionSettings& settings) {
  Connection& connection = connections_.Add(settings);
  Watch(connection);
  pauses_.Begin(connection);
  MakeRuntime(connection);
  StartRuntime(connection);
  LogInfo("connection_added", {{"connection", connection.id()}});
}

void Server::ChangeConnection(Connection& connection,
                              const ConnectionSettings& settings) {
  // Its ids are those of the one that it had.
  if (settings.qwoty.has_value() != connection.settings().qwoty.has_value()) {
    LogWarning("connection_not_changed",
               {{"connection", connection.id()},
                {"why", "another provider needs another connection"}});
    return;
  }
  // Such a token is held by one credential at a time, and calls may still hold
  // on to the present one.
  if (!settings.qoyod.oauth.refresh_token_file.empty() ||
      !connection.settings().qoyod.oauth.refresh_token_file.empty()) {
    LogWarning("connection_not_changed",
               {{"connection", connection.id()},
                {"why", "its tokens rotate: restart the server"}});
    return;
  }
  connection.Configure(settings);
  if (const auto old = runtimes_.find(connection.id());
      old != runtimes_.end()) {
    old->second->Retire();
    retired_.push_back(std::move(old->second));
    runtimes_.erase(old);
    // What the provider told with the old settings says nothing any more.
    connection.status.SetState(v1::CONNECTION_STATE_ACTIVE);
  }
  MakeRuntime(connection);
  StartRuntime(connection);
  LogInfo("connection_changed", {{"connection", connection.id()}});
}

void Server::SetHealth(bool serving) {
  auto* health = grpc_->GetHealthCheckService();
  for (const char* service : kServices) {
    health->SetServingStatus(service, serving);
  }
}

void Server::WatchHealth() {
  timer_.After(kHealthInterval, [this] {
    const absl::Status writable = storage_->log().writable();
    const absl::Status accepting = storage_->writer().accepting();
    if (serving_ && !(writable.ok() && accepting.ok())) {
      serving_ = false;
      LogNotServing(writable.ok() ? accepting : writable);
    }
    SetHealth(serving_);
    WatchHealth();
  });
}

void Server::Stop(absl::Duration grace) {
  timer_.Stop();
  if (grpc_ != nullptr) {
    grpc_->GetHealthCheckService()->Shutdown();
    grpc_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
    grpc_->Wait();
    grpc_.reset();
  }
  metrics_endpoint_.reset();
  for (const auto& [name, runtime] : runtimes_) runtime->Stop();
  executor_.Stop();
  storage_->writer().Stop();
}

std::string Server::address() const {
  const std::string& listen = settings_.listen;
  return absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port_);
}

int Server::metrics_port() const {
  return metrics_endpoint_ == nullptr ? 0 : metrics_endpoint_->port();
}

}  // namespace qantara::server
