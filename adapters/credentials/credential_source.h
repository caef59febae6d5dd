// A credential that somebody puts into a variable or a file.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_
#define QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_

#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/credentials/credentials.h"
#include "adapters/credentials/secret.h"

namespace qantara::adapters {

// The place of a secret and the header that carries it.
struct CredentialOptions {
  using Place = SecretPlace::Kind;
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

// An API key, or an access token that somebody else renews. The file is read at
// each call, so that a replaced one counts at once.
class CredentialSource : public Credentials {
 public:
  explicit CredentialSource(CredentialOptions options);

  absl::StatusOr<Credential> Current() override;
  CredentialStatus Check() override;
  void Refused(const Credential& used) override;
  void Accepted(const Credential&) override {}
  void TryAgain() override;

 private:
  const SecretPlace place_;
  const CredentialOptions::Form form_;
  std::mutex mutex_;
  // Version that the provider refused. Guarded by mutex_.
  std::string refused_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_CREDENTIAL_SOURCE_H_
