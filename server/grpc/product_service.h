// The gRPC face of single products.
#ifndef QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_
#define QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_

#include "qantara/v1/product_service.grpc.pb.h"
#include "server/core/core.h"
#include "server/core/product_reader.h"
#include "server/core/product_writer.h"

namespace qantara::server {

// One line per call; what it does is in server/core.
class ProductService final : public v1::ProductService::CallbackService {
 public:
  // `core` must outlive it.
  explicit ProductService(Core& core)
      : core_(core), reader_(core.connections, core.tables), writer_(core) {}

  grpc::ServerUnaryReactor* CreateProduct(
      grpc::CallbackServerContext* context,
      const v1::CreateProductRequest* request,
      v1::CreateProductResponse* response) override;
  grpc::ServerUnaryReactor* UpdateProduct(
      grpc::CallbackServerContext* context,
      const v1::UpdateProductRequest* request,
      v1::UpdateProductResponse* response) override;
  grpc::ServerUnaryReactor* GetProduct(
      grpc::CallbackServerContext* context,
      const v1::GetProductRequest* request,
      v1::GetProductResponse* response) override;
  grpc::ServerUnaryReactor* ListProducts(
      grpc::CallbackServerContext* context,
      const v1::ListProductsRequest* request,
      v1::ListProductsResponse* response) override;

 private:
  Core& core_;
  const ProductReader reader_;
  ProductWriter writer_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_PRODUCT_SERVICE_H_
