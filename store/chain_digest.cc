#include "store/chain_digest.h"

#include <cstdlib>

#include "openssl/evp.h"
#include "store/big_endian.h"

namespace qantara::store {
namespace {

// Without SHA-256 nothing can be written or believed.
void Require(int done) {
  if (done != 1) std::abort();
}

}  // namespace

void ChainDigest::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

ChainDigest::ChainDigest(const Digest& previous) : context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr);
  Require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
  Update(absl::string_view(previous.data(), previous.size()));
}

void ChainDigest::Add(absl::string_view value) {
  Update(NumberBytes(value.size()));
  Update(value);
}

void ChainDigest::Update(absl::string_view bytes) {
  Require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

Digest ChainDigest::Finish() {
  Digest digest;
  Require(EVP_DigestFinal_ex(context_.get(),
                             reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr));
  return digest;
}

}  // namespace qantara::store
