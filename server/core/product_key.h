// The key by which a request names a product.
#ifndef QANTARA_SERVER_CORE_PRODUCT_KEY_H_
#define QANTARA_SERVER_CORE_PRODUCT_KEY_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/commands.h"
#include "qantara/v1/product_service.pb.h"

namespace qantara::server {

// Longest key in bytes; no stored one is longer.
inline constexpr size_t kMaxKeyBytes = 1024;

// Errors: kInvalidArgument for the path `field`: FIELD_REQUIRED where none is
// given or it is empty; FIELD_TOO_LONG.
absl::StatusOr<domain::ProductSelector> ToSelector(
    const v1::ProductKey& key, absl::string_view field = "key");

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PRODUCT_KEY_H_
