#include "server/core/product_key.h"

#include <utility>

#include "server/core/invalid.h"

namespace qantara::server {

using Kind = domain::ProductSelector::Kind;

absl::StatusOr<domain::ProductSelector> ToSelector(const v1::ProductKey& key,
                                                   absl::string_view field) {
  domain::ProductSelector selector;
  switch (key.key_case()) {
    case v1::ProductKey::kSku:
      selector = {Kind::kSku, key.sku()};
      break;
    case v1::ProductKey::kExternalId:
      selector = {Kind::kExternalId, key.external_id()};
      break;
    case v1::ProductKey::kRemoteId:
      selector = {Kind::kRemoteId, key.remote_id()};
      break;
    case v1::ProductKey::kProductId:
      selector = {Kind::kProductId, key.product_id()};
      break;
    case v1::ProductKey::KEY_NOT_SET:
      break;
  }
  if (selector.value.empty()) {
    return Invalid(
        field, v1::ERROR_REASON_FIELD_REQUIRED,
        "one of sku, external_id, remote_id and product_id is required");
  }
  if (selector.value.size() > kMaxKeyBytes) {
    return Invalid(field, v1::ERROR_REASON_FIELD_TOO_LONG, "no key is so long");
  }
  return selector;
}

}  // namespace qantara::server
