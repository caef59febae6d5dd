#include "domain/digest.h"

#include <openssl/evp.h>

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace qantara::domain {
namespace {

constexpr size_t kDigestBytes = 16;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Looking an algorithm up by name costs more than digesting a short text, so
// it is done once; the algorithm is never freed.
const EVP_MD* Sha256() {
  static const EVP_MD* const algorithm =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

std::string Digest16(absl::string_view bytes) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(
      EVP_MD_CTX_new());
  unsigned char digest[EVP_MAX_MD_SIZE];
  const bool done =
      context != nullptr && Sha256() != nullptr &&
      EVP_DigestInit_ex2(context.get(), Sha256(), nullptr) == 1 &&
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
      EVP_DigestFinal_ex(context.get(), digest, nullptr) == 1;
  // Only a machine without memory or without SHA-256 gets here; going on would
  // let different texts pass for equal ones.
  if (!done) std::abort();
  return std::string(reinterpret_cast<const char*>(digest), kDigestBytes);
}

}  // namespace qantara::domain
