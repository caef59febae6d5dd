// The server: every part, made in the order in which it is needed.
#ifndef QANTARA_SERVER_SERVER_H_
#define QANTARA_SERVER_SERVER_H_

#include <grpcpp/server.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "server/config/connection_settings.h"
#include "server/connection_runtime.h"
#include "server/core/core.h"
#include "server/core/pause_follower.h"
#include "server/grpc/catalog_service.h"
#include "server/grpc/inventory_service.h"
#include "server/grpc/method_router.h"
#include "server/grpc/operations_service.h"
#include "server/grpc/product_service.h"
#include "server/metrics/metrics.h"
#include "server/reflection/reflection_service.h"
#include "server/storage.h"
#include "server/verify/verifiers.h"

namespace qantara::server {

// What a server is made of.
struct ServerSettings {
  std::vector<ConnectionSettings> connections;
  // Directory of the log and the tables.
  std::string data_dir;
  // HOST:PORT; port 0 picks one.
  std::string listen;
  // The same for metrics; empty: none.
  std::string metrics_listen;
  // RocksDB's file system; null: the machine's own.
  rocksdb::Env* env = nullptr;
  // Folder of all backups; empty: DATA_DIR/backups.
  std::string backup_dir = {};
};

// Serves from Start until Stop. The clock, the environment, and what the
// gateways refer to must outlive it.
class Server {
 public:
  // Longest message of a client.
  static constexpr int kMaxMessageBytes = 4 << 20;

  // Returns when calls are taken. Without `new_gateway` nothing is delivered.
  //
  // Errors: those of Storage::Open; kUnavailable when an address cannot be
  // listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerSettings& settings, const domain::Clock& clock,
      const GatewayFactory& new_gateway);

  // Uses these settings from now on: connections that are new are added, those
  // that changed are stopped and go on with what changed, as after a restart.
  // Calls go on. What cannot be changed while the server runs stays as it is
  // and is logged: connections that are gone, and those whose tokens rotate. By
  // the thread that stops.
  void Reconfigure(const std::vector<ConnectionSettings>& settings);

  // Stops, giving calls up to `grace` to end.
  void Stop(absl::Duration grace);
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where calls are taken: HOST:PORT.
  std::string address() const;
  // Port of the metrics; 0: none.
  int metrics_port() const;

  Storage& storage() { return *storage_; }
  Core& core() { return core_; }

 private:
  Server(const ServerSettings& settings, const domain::Clock& clock,
         GatewayFactory new_gateway, std::unique_ptr<Storage> storage);

  // Tells those who follow the connection when its state changes.
  void Watch(Connection& connection);
  // Makes what works for the connection, unless this server delivers nothing.
  void MakeRuntime(Connection& connection);
  // Starts what was made last for the connection.
  void StartRuntime(Connection& connection);
  void StartDelivery();
  void AddConnection(const ConnectionSettings& settings);
  void ChangeConnection(Connection& connection,
                        const ConnectionSettings& settings);
  absl::Status Listen();
  absl::Status ServeMetrics();
  void SetHealth(bool serving);
  // Looks now and then whether the log still takes events.
  void WatchHealth();

  const ServerSettings settings_;
  const domain::Clock& clock_;
  const GatewayFactory new_gateway_;

  // Below gRPC; destroyed last.
  std::unique_ptr<Storage> storage_;
  // Whether writes are taken; once not, never again in this process.
  bool serving_ = false;
  Connections connections_;
  FreshTables fresh_tables_;
  CommandBus bus_;
  ByteBudget import_bytes_;
  Executor executor_;
  Timer timer_;
  CommitTail tail_;
  Core core_;
  PauseFollower pauses_;
  Metrics metrics_;
  // By the name of their connection.
  std::map<std::string, std::unique_ptr<ConnectionRuntime>> runtimes_;
  // Stopped, because their connections were configured anew; calls may still
  // hold on to them.
  std::vector<std::unique_ptr<ConnectionRuntime>> retired_;
  Verifiers verifiers_;

  // The gRPC face.
  CatalogService catalog_;
  ProductService products_;
  InventoryService inventory_;
  OperationsService operations_;
  MethodRouter methods_;
  ReflectionV1 reflection_;
  ReflectionV1Alpha reflection_alpha_;
  std::unique_ptr<MetricsEndpoint> metrics_endpoint_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> grpc_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_SERVER_H_
