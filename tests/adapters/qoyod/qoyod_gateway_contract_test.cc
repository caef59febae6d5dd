// The Qoyod gateway, libcurl and the simulator together.
#include <memory>

#include "tests/adapters/product_gateway_contract.h"
#include "tests/adapters/support/simulated_qoyod.h"

namespace qantara::adapters {
namespace {

std::unique_ptr<ProductGatewayHarness> OverLoopback() {
  return std::make_unique<SimulatedQoyod>();
}

std::unique_ptr<ProductGatewayHarness> WithOtherForms() {
  return std::make_unique<SimulatedQoyod>(R"({
    "batch_status": 201, "shuffle_items": true, "pagination_form": "integers",
    "page_past_end": "empty", "single_form": "array", "not_found_form": "raw",
    "one_element": "product_array", "bom": true, "gzip": true,
    "value_form": {"price": "text", "track_quantity": "bool",
                   "flags": "integer", "times": "offset"},
    "error_form": "E12", "unauthorized_form": "empty"})");
}

INSTANTIATE_TEST_SUITE_P(
    Qoyod, ProductGatewayContract,
    ::testing::Values(GatewayCandidate{"OverLoopback", &OverLoopback},
                      GatewayCandidate{"WithOtherForms", &WithOtherForms}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::adapters
