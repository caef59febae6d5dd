#include "store/chain_digest.h"

#include <cstdlib>

#include "store/big_endian.h"

namespace qantara::store {

ChainDigest::ChainDigest(const Digest& previous, ChainForm form) : form_(form) {
  digest_.Add(absl::string_view(previous.data(), previous.size()));
}

void ChainDigest::Add(absl::string_view value) {
  if (form_ == ChainForm::kValueDigests) {
    return AddDigest(domain::Digest32Of(value));
  }
  digest_.Add(NumberBytes(value.size()));
  digest_.Add(value);
}

void ChainDigest::AddDigest(const Digest& value_digest) {
  // A chain of the wrong form would be believed until it is verified.
  if (form_ != ChainForm::kValueDigests) std::abort();
  digest_.Add(absl::string_view(value_digest.data(), value_digest.size()));
}

}  // namespace qantara::store
