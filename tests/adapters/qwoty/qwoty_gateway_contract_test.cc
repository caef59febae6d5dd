// The Qwoty gateway, libcurl and the simulator together.
#include <memory>

#include "tests/adapters/product_gateway_contract.h"
#include "tests/adapters/support/simulated_qwoty.h"

namespace qantara::adapters {
namespace {

std::unique_ptr<ProductGatewayHarness> OverLoopback() {
  return std::make_unique<SimulatedQwoty>();
}

std::unique_ptr<ProductGatewayHarness> WithOtherForms() {
  return std::make_unique<SimulatedQwoty>(R"({
    "create_status": 200, "validation_status": 400, "list_form": "success",
    "newest_first": true, "bom": true, "gzip": true,
    "unauthorized_form": "empty"})");
}

INSTANTIATE_TEST_SUITE_P(
    Qwoty, ProductGatewayContract,
    ::testing::Values(GatewayCandidate{"OverLoopback", &OverLoopback},
                      GatewayCandidate{"WithOtherForms", &WithOtherForms}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::adapters
