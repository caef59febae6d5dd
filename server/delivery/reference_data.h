// The categories and taxes that exist at the provider.
#ifndef QANTARA_SERVER_DELIVERY_REFERENCE_DATA_H_
#define QANTARA_SERVER_DELIVERY_REFERENCE_DATA_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/product.pb.h"
#include "server/delivery/delivery_context.h"

namespace qantara::server {

// What is known is as old as kReferenceMillis at the most when something is
// believed to exist, and kMissingMillis when it is believed not to. A provider
// without such a listing is asked for nothing: it refuses by itself. Used on
// the worker's thread only.
class ReferenceData {
 public:
  // `context` must outlive it.
  explicit ReferenceData(DeliveryContext& context) : context_(context) {}

  // What stands against creating the product.
  struct Verdict {
    // False: not known yet; Advance asks for it.
    bool known = true;
    // CATEGORY_NOT_FOUND or TAX_NOT_FOUND, or unspecified.
    v1::ErrorReason missing = v1::ERROR_REASON_UNSPECIFIED;
    // The missing id.
    std::string id;
  };
  Verdict Check(const v1::Product& product);

  // Items wait for something that is missing: ask again now and then.
  void Watch() { watched_ = true; }

  // Makes the next request that is needed. Returns when to come again.
  int64_t Advance();

  // Counts the times that a listing was read: when it grows, what was missing
  // may exist.
  uint64_t generation() const { return generation_; }

 private:
  // One listing.
  struct Listing {
    absl::flat_hash_set<std::string> ids;
    bool absent = false;
    std::optional<int64_t> read_at;
    bool wanted = false;
    bool reading = false;
  };

  void CheckOne(const std::string& id, v1::ErrorReason reason, Listing& listing,
                Verdict& verdict);
  bool IsDue(const Listing& listing) const;
  void OnRead(Listing& listing, int64_t began, const domain::IdsAnswer& answer);

  DeliveryContext& context_;
  Listing categories_;
  Listing taxes_;
  bool watched_ = false;
  uint64_t generation_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_REFERENCE_DATA_H_
