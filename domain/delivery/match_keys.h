// By what items and the provider's records are matched.
#ifndef QANTARA_DOMAIN_DELIVERY_MATCH_KEYS_H_
#define QANTARA_DOMAIN_DELIVERY_MATCH_KEYS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/delivery/outbound_item.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// The SKU; for a product with an `api_name`, which its provider holds once
// only, that name, because two of its records may have one SKU. A record that
// does not tell its name is matched by its SKU all the same.
class MatchKeys {
 public:
  explicit MatchKeys(absl::Span<const OutboundItem> items);

  // Key of an item's product. Empty: nothing can be matched with it.
  static std::string Of(const v1::Product& product);
  // Key of a record, in the terms of the items.
  std::string Of(const v1::RemoteProduct& record) const;

  // The key of a name; no SKU is equal to it.
  static std::string OfName(absl::string_view api_name);

 private:
  // Keys of the items that have a name, by SKU.
  absl::flat_hash_map<std::string, std::string> named_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_MATCH_KEYS_H_
