// The chain through the commits: each has the digest of all before it.
#ifndef QANTARA_STORE_CHAIN_DIGEST_H_
#define QANTARA_STORE_CHAIN_DIGEST_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "domain/digest.h"

namespace qantara::store {

using Digest = domain::Digest32;

inline constexpr size_t kDigestBytes = Digest().size();

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
  Digest Finish() { return digest_.Finish(); }

 private:
  const ChainForm form_;
  domain::RunningDigest digest_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_CHAIN_DIGEST_H_
