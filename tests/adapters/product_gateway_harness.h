// A gateway and the provider behind it, for product_gateway_contract.h.
#ifndef QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_HARNESS_H_
#define QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_HARNESS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// What not every provider can do.
struct ProviderAbilities {
  bool batches = true;         // Several products in one creating request.
  bool arabic_names = true;    // A second name.
  bool filters = true;         // By SKU and by id, though they may be ignored.
  bool reference_data = true;  // Categories, taxes, locations.
  // An id of the right form that no record has.
  std::string nobody = "999999";
};

// Used by one thread, the test's.
class ProductGatewayHarness {
 public:
  virtual ~ProductGatewayHarness() = default;

  virtual ProviderAbilities abilities() const { return {}; }
  virtual domain::ProductGateway& gateway() = 0;
  virtual void DestroyGateway() = 0;
  virtual const domain::Clock& clock() = 0;

  // Adds a record at the provider and returns its id.
  virtual std::string AddRecord(const std::string& sku) = 0;
  // How many records have the SKU.
  virtual int64_t CountRecords(const std::string& sku) = 0;
  // Writes that reached the provider.
  virtual int64_t CountWrites() = 0;

  // From now on the provider ...
  virtual void LoseAnswers() = 0;        // applies, then hangs up.
  virtual void StallAnswers() = 0;       // applies, then says nothing.
  virtual void FailAfterApplying() = 0;  // applies, then answers 500.
  virtual void RefuseContent() = 0;      // answers 422 to writes.
  virtual void RefuseCredential() = 0;   // answers 401.
  virtual void Throttle() = 0;           // answers 429, wait 7 s.
  virtual void DropFromAnswer(const std::string& sku) = 0;
  virtual void IgnoreFilters() = 0;
  virtual void StopListening() = 0;
};

struct GatewayCandidate {
  std::string name;
  std::unique_ptr<ProductGatewayHarness> (*make)();
};

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_HARNESS_H_
