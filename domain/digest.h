// SHA-256 of bytes.
#ifndef QANTARA_DOMAIN_DIGEST_H_
#define QANTARA_DOMAIN_DIGEST_H_

#include <array>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

// OpenSSL's type, named so that this header does not need OpenSSL's.
struct evp_md_ctx_st;

namespace qantara::domain {

using Digest32 = std::array<char, 32>;

// Without memory or without SHA-256 all of these end the process: going on
// would let different texts pass for equal ones.

// SHA-256 of `bytes`. Thread-safe.
Digest32 Digest32Of(absl::string_view bytes);

// Its first 16 bytes. Thread-safe.
std::string Digest16(absl::string_view bytes);

// SHA-256 of bytes that come piece by piece; how they are cut makes no
// difference. Not thread-safe.
class RunningDigest {
 public:
  RunningDigest();

  void Add(absl::string_view bytes);

  // Returns the digest; call it once, at the end.
  Digest32 Finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DIGEST_H_
