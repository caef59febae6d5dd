#include "domain/digest.h"

#include <openssl/evp.h>

#include <cstddef>
#include <cstdlib>

namespace qantara::domain {
namespace {

constexpr size_t kShortBytes = 16;

void Require(bool done) {
  if (!done) std::abort();
}

// Looking an algorithm up by name costs more than digesting a short text, so
// it is done once; the algorithm is never freed.
const EVP_MD* Sha256() {
  static const EVP_MD* const algorithm =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

void Begin(EVP_MD_CTX* context) {
  Require(context != nullptr && Sha256() != nullptr &&
          EVP_DigestInit_ex2(context, Sha256(), nullptr) == 1);
}

void Update(EVP_MD_CTX* context, absl::string_view bytes) {
  Require(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
}

Digest32 End(EVP_MD_CTX* context) {
  Digest32 digest;
  Require(EVP_DigestFinal_ex(context,
                             reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr) == 1);
  return digest;
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Digest32 Digest32Of(absl::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(
      EVP_MD_CTX_new());
  Begin(context.get());
  Update(context.get(), bytes);
  return End(context.get());
}

std::string Digest16(absl::string_view bytes) {
  const Digest32 digest = Digest32Of(bytes);
  return std::string(digest.data(), kShortBytes);
}

void RunningDigest::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

RunningDigest::RunningDigest() : context_(EVP_MD_CTX_new()) {
  Begin(context_.get());
}

void RunningDigest::Add(absl::string_view bytes) {
  Update(context_.get(), bytes);
}

Digest32 RunningDigest::Finish() { return End(context_.get()); }

}  // namespace qantara::domain
