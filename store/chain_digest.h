// The chain through the commits: each has the digest of all before it.
#ifndef QANTARA_STORE_CHAIN_DIGEST_H_
#define QANTARA_STORE_CHAIN_DIGEST_H_

#include <array>
#include <cstddef>
#include <memory>

#include "absl/strings/string_view.h"

// OpenSSL's type, named so that this header does not need OpenSSL's.
struct evp_md_ctx_st;

namespace qantara::store {

inline constexpr size_t kDigestBytes = 32;

using Digest = std::array<char, kDigestBytes>;

// SHA-256 of: the previous commit's digest (of the first commit: 32 zero
// bytes), then of each event the length of its stored value, 8 bytes, and the
// value.
class ChainDigest {
 public:
  explicit ChainDigest(const Digest& previous);

  void Add(absl::string_view value);

  // Returns the commit's digest; call it once, at the end.
  Digest Finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  void Update(absl::string_view bytes);

  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_CHAIN_DIGEST_H_
