#include "server/grpc/product_service.h"

#include <utility>

#include "server/grpc/run_unary.h"
#include "server/grpc/waiting_reactor.h"

namespace qantara::server {

grpc::ServerUnaryReactor* ProductService::CreateProduct(
    grpc::CallbackServerContext* context,
    const v1::CreateProductRequest* request,
    v1::CreateProductResponse* response) {
  auto* reactor = new WaitingReactor<v1::CreateProductResponse>(response);
  writer_.Create(*request, reactor->CallOf(*context), [reactor](auto result) {
    reactor->Answer(std::move(result));
  });
  return reactor;
}

grpc::ServerUnaryReactor* ProductService::UpdateProduct(
    grpc::CallbackServerContext* context,
    const v1::UpdateProductRequest* request,
    v1::UpdateProductResponse* response) {
  auto* reactor = new WaitingReactor<v1::UpdateProductResponse>(response);
  writer_.Update(*request, reactor->CallOf(*context), [reactor](auto result) {
    reactor->Answer(std::move(result));
  });
  return reactor;
}

grpc::ServerUnaryReactor* ProductService::GetProduct(
    grpc::CallbackServerContext* context, const v1::GetProductRequest* request,
    v1::GetProductResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.Get(r); });
}

grpc::ServerUnaryReactor* ProductService::ListProducts(
    grpc::CallbackServerContext* context,
    const v1::ListProductsRequest* request,
    v1::ListProductsResponse* response) {
  return RunUnary(context, core_.executor, request, response,
                  [this](const auto& r) { return reader_.List(r); });
}

}  // namespace qantara::server
