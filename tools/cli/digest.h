// SHA-256, piece by piece.
#ifndef TOOLS_CLI_DIGEST_H_
#define TOOLS_CLI_DIGEST_H_

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// One digest. One thread at a time.
class Digest {
 public:
  Digest();

  // Adds bytes; how they are cut into calls makes no difference.
  void Add(absl::string_view bytes);

  // Adds a text with its length, so that two texts never read as one.
  void AddText(absl::string_view text);

  // Ends the digest and returns it in 64 hexadecimal digits. Nothing may be
  // added afterwards.
  std::string Hex();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_DIGEST_H_
