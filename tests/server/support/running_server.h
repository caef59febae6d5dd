// A whole server on a free loopback port, on RocksDB in memory, without
// delivery: tests play the provider themselves.
#ifndef QANTARA_TESTS_SERVER_SUPPORT_RUNNING_SERVER_H_
#define QANTARA_TESTS_SERVER_SUPPORT_RUNNING_SERVER_H_

#include <grpcpp/channel.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/system/system_clock.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "qantara/v1/product_service.grpc.pb.h"
#include "server/server.h"

namespace qantara::server {

class RunningServer {
 public:
  // The connections that are configured.
  explicit RunningServer(std::vector<std::string> connections = {"store"});
  ~RunningServer();

  // Stops and starts again on the same data.
  void Restart();

  Server& server() { return *server_; }
  CommandBus& bus() { return server_->core().commands; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  v1::CatalogService::Stub& catalog() { return *catalog_; }
  v1::ProductService::Stub& products() { return *products_; }
  v1::InventoryService::Stub& inventory() { return *inventory_; }

  // The provider creates what is queued of lines 1 to `lines` of an import:
  // line N gets the remote id 1000 + N.
  void CreateAll(const std::string& import_id, uint32_t lines);

  // A sweep read these products.
  void Observe(const std::vector<v1::RemoteProduct>& products,
               const std::vector<std::string>& gone_ids = {});

 private:
  void Start();

  const std::vector<std::string> connections_;
  const std::unique_ptr<rocksdb::Env> env_;
  const adapters::SystemClock clock_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::ProductService::Stub> products_;
  std::unique_ptr<v1::InventoryService::Stub> inventory_;
};

// A record with stock at one location; an empty quantity is none.
v1::RemoteProduct StockOf(const std::string& id, const std::string& sku,
                          const std::string& location,
                          const std::string& quantity);

// Reason, field paths and metadata of a status, for comparing: such as
// `INVALID_ARGUMENT HEADER_UNEXPECTED header`.
std::string Describe(const grpc::Status& status);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_SUPPORT_RUNNING_SERVER_H_
