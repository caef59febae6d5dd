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

// Looking an algorithm up by name costs more than digesting a short text.
const EVP_MD* Sha256() {
  static const EVP_MD* const algorithm =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Digest DigestOf(absl::string_view value) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(
      EVP_MD_CTX_new());
  Digest digest;
  Require(context != nullptr && Sha256() != nullptr);
  Require(EVP_DigestInit_ex2(context.get(), Sha256(), nullptr));
  Require(EVP_DigestUpdate(context.get(), value.data(), value.size()));
  Require(EVP_DigestFinal_ex(
      context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

void ChainDigest::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

ChainDigest::ChainDigest(const Digest& previous, ChainForm form)
    : form_(form), context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr && Sha256() != nullptr);
  Require(EVP_DigestInit_ex2(context_.get(), Sha256(), nullptr));
  Update(absl::string_view(previous.data(), previous.size()));
}

void ChainDigest::Add(absl::string_view value) {
  if (form_ == ChainForm::kValueDigests) return AddDigest(DigestOf(value));
  Update(NumberBytes(value.size()));
  Update(value);
}

void ChainDigest::AddDigest(const Digest& value_digest) {
  Require(form_ == ChainForm::kValueDigests);
  Update(absl::string_view(value_digest.data(), value_digest.size()));
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
