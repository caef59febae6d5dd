#include "server/grpc/product_service.h"

#include <utility>

#include "qantara/v1/product_service.pb.h"
#include "server/core/product_explanation.h"
#include "server/grpc/service_methods.h"

namespace qantara::server {

void ProductService::AddTo(MethodRouter& router) {
  ServiceMethods methods(router, "qantara.v1.ProductService", core_.executor);
  methods.Wait<v1::CreateProductRequest, v1::CreateProductResponse>(
      "CreateProduct",
      [this](const auto& request, const auto& call, auto answer) {
        writer_.Create(request, call, std::move(answer));
      });
  methods.Wait<v1::UpdateProductRequest, v1::UpdateProductResponse>(
      "UpdateProduct",
      [this](const auto& request, const auto& call, auto answer) {
        writer_.Update(request, call, std::move(answer));
      });
  methods.Run("GetProduct", reader_, &ProductReader::Get);
  methods.Run("ListProducts", reader_, &ProductReader::List);
  methods.Stream<v1::ExplainProductRequest, v1::ExplainProductResponse,
                 ProductExplanation>(
      "ExplainProduct", [this](const auto& request, auto& peer) {
        return ProductExplanation::Start(core_, peer, request,
                                         explanations_.Take());
      });
}

}  // namespace qantara::server
