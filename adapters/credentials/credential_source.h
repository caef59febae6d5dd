// Where a credential is, and how it is shown to the provider.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_
#define QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace qantara::adapters {

// The place of a secret and the header that carries it.
struct CredentialOptions {
  enum class Place { kEnvironment, kFile };
  enum class Form {
    kApiKey,            // `API-KEY: secret`
    kAuthorizationRaw,  // `Authorization: secret`
    kBearer,            // `Authorization: Bearer secret`
  };
  Place place = Place::kEnvironment;
  // Name of the variable, or path of the file.
  std::string name;
  Form form = Form::kApiKey;
};

// One header with a secret. Must not be logged.
struct Credential {
  std::string header_name;
  std::string header_value;
  // The secret alone, so that it can be cut out of texts.
  std::string secret;
};

// Largest file that is read as a secret.
inline constexpr size_t kMaxCredentialBytes = 16 << 10;

// Thread-safe.
class CredentialSource {
 public:
  explicit CredentialSource(CredentialOptions options);

  // Returns the credential as it is now: a file is read at each call, so that a
  // replaced one counts at once. Outer white space is not part of the secret.
  //
  // Errors: kFailedPrecondition with the variable or file in the message, never
  // its content, when it is missing, unreadable, empty, too large, or not
  // printable ASCII.
  absl::StatusOr<Credential> Current() const;

 private:
  const CredentialOptions options_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_
