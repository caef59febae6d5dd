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

// SHA-256 of one stored value.
Digest DigestOf(absl::string_view value);

// What a commit's digest is made of; told by its stored bytes.
enum class ChainForm {
  // The lengths and values of its events: none of them can be cut.
  kValues,
  // The digests of its events' values: each can be replaced by its digest.
  kValueDigests,
};

// SHA-256 of: the previous commit's digest (of the first commit: 32 zero
// bytes), then of each event, with kValues, the length of its stored value, 8
// bytes, and the value; with kValueDigests, SHA-256 of the value.
class ChainDigest {
 public:
  ChainDigest(const Digest& previous, ChainForm form);

  // Adds an event by its stored value.
  void Add(absl::string_view value);
  // Adds an event by its value's digest; only with kValueDigests.
  void AddDigest(const Digest& value_digest);

  // Returns the commit's digest; call it once, at the end.
  Digest Finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  void Update(absl::string_view bytes);

  const ChainForm form_;
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_CHAIN_DIGEST_H_
