#include "tools/cli/digest.h"

#include <cassert>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

// libcrypto fails here only without memory, which nothing survives anyway.
void Require(bool succeeded) {
  assert(succeeded);
  static_cast<void>(succeeded);
}

}  // namespace

Digest::Digest() : context_(EVP_MD_CTX_new()) {
  Require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Digest::Add(absl::string_view bytes) {
  Require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

void Digest::AddText(absl::string_view text) {
  Add(absl::StrCat(text.size(), ":"));
  Add(text);
}

std::string Digest::Hex() {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(EVP_DigestFinal_ex(context_.get(), bytes, &size) == 1);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(bytes), size));
}

}  // namespace qantara::tools
