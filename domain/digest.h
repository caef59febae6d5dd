// Digests of bytes.
#ifndef QANTARA_DOMAIN_DIGEST_H_
#define QANTARA_DOMAIN_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// SHA-256 of `bytes`, its first 16 bytes. Thread-safe.
std::string Digest16(absl::string_view bytes);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DIGEST_H_
