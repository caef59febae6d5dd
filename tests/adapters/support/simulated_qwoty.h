// A Qwoty gateway that talks to the simulator over loopback.
#ifndef QANTARA_TESTS_ADAPTERS_SUPPORT_SIMULATED_QWOTY_H_
#define QANTARA_TESTS_ADAPTERS_SUPPORT_SIMULATED_QWOTY_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "domain/ports/product_gateway.h"
#include "tests/adapters/product_gateway_harness.h"
#include "tools/simulator/qwoty_simulator.h"

namespace qantara::adapters {

class SimulatedQwoty : public ProductGatewayHarness {
 public:
  // Switches that are on from the start, as JSON.
  explicit SimulatedQwoty(absl::string_view faults = "{}");

  ProviderAbilities abilities() const override;
  domain::ProductGateway& gateway() override { return *gateway_; }
  void DestroyGateway() override { gateway_.reset(); }
  const domain::Clock& clock() override { return clock_; }
  std::string AddRecord(const std::string& sku) override;
  int64_t CountRecords(const std::string& sku) override;
  int64_t CountWrites() override;
  void LoseAnswers() override;
  void StallAnswers() override;
  void FailAfterApplying() override;
  void RefuseContent() override;
  void RefuseCredential() override;
  void Throttle() override;
  // It has no batches and no filters: nothing to drop or to ignore.
  void DropFromAnswer(const std::string&) override {}
  void IgnoreFilters() override {}
  void StopListening() override;

  void SetFaults(absl::string_view json);
  simulator::QwotySimulator& simulator() { return simulator_; }

 private:
  SystemClock clock_;
  simulator::QwotySimulator simulator_;
  CurlTransport transport_{clock_};
  std::unique_ptr<domain::ProductGateway> gateway_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_SUPPORT_SIMULATED_QWOTY_H_
