// Changes the selling price of a product, and nothing else.
//
//     update_product SERVER REQUEST_ID SKU PRICE
//
// REQUEST_ID is yours, such as the id of the message that wants the change. The
// same one again has no further effect and tells the same result: so a call
// whose answer was lost is repeated without fear.
#include <iostream>
#include <string>

#include "qantara/v1/product_service.grpc.pb.h"
#include "tools/examples/cpp/client.h"

namespace qantara::examples {
namespace {

int Main(const std::string& server, const v1::UpdateProductRequest& request) {
  const auto stub = v1::ProductService::NewStub(OpenChannel(server));
  v1::UpdateProductResponse response;
  // Waits until the provider has it. A deadline ends the waiting only.
  const grpc::Status status = Ask([&](grpc::ClientContext* context) {
    return stub->UpdateProduct(context, request, &response);
  });
  if (!status.ok()) {
    std::cerr << ErrorText(status) << std::endl;
    return 1;
  }
  std::cout << request.key().sku() << ' '
            << v1::UpdateState_Name(response.state()) << ' '
            << response.product().acknowledged().selling_price() << '\n';
  for (const v1::FieldDifference& difference : response.differences()) {
    std::cout << "  " << difference.field() << ": sent " << difference.sent()
              << ", the provider holds " << difference.held() << '\n';
  }
  return response.differences().empty() ? 0 : 1;
}

}  // namespace
}  // namespace qantara::examples

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: update_product SERVER REQUEST_ID SKU PRICE"
              << std::endl;
    return 2;
  }
  qantara::v1::UpdateProductRequest request;
  request.set_request_id(argv[2]);
  request.mutable_key()->set_sku(argv[3]);
  request.mutable_product()->set_selling_price(argv[4]);
  request.mutable_update_mask()->add_paths("selling_price");
  return qantara::examples::Main(argv[1], request);
}
