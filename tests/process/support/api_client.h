// Calls of the server's API, repeated while it is being started.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_API_CLIENT_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_API_CLIENT_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "qantara/v1/product_service.grpc.pb.h"

namespace qantara::process {

// A key by SKU.
v1::ProductKey Sku(const std::string& sku);

// Name of google.rpc.ErrorInfo's reason, and the fields of its BadRequest
// ("field: description"); empty when there are none.
std::string ReasonOf(const grpc::Status& status);
std::vector<std::string> FieldsOf(const grpc::Status& status);

class ApiClient {
 public:
  // Longest time for a call that only reads.
  static constexpr absl::Duration kReadTimeout = absl::Seconds(30);

  explicit ApiClient(const std::string& address);

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  v1::CatalogService::Stub& catalog() { return *catalog_; }
  v1::ProductService::Stub& products() { return *products_; }
  v1::InventoryService::Stub& inventory() { return *inventory_; }

  // Sets the deadline, and waiting for a server that is not there yet.
  static void Prepare(grpc::ClientContext& context,
                      absl::Duration timeout = kReadTimeout);

  // Newest first.
  std::vector<v1::Import> Imports();
  // Those below end the program when the server answers with an error.
  v1::Import Import(const std::string& import_id);
  std::vector<v1::ImportItem> Items(const std::string& import_id);
  v1::MappedProduct Product(const std::string& sku);

  grpc::Status GetProduct(const std::string& sku, v1::MappedProduct* product);
  grpc::Status Update(const v1::UpdateProductRequest& request,
                      v1::UpdateProductResponse* response);

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::ProductService::Stub> products_;
  std::unique_ptr<v1::InventoryService::Stub> inventory_;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_API_CLIENT_H_
