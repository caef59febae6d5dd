#include "adapters/qoyod/new_qoyod_gateway.h"

#include "absl/time/time.h"

namespace qantara::adapters {

CredentialOptions CredentialOptionsOf(const config::v1::Qoyod& config) {
  using Form = CredentialOptions::Form;
  using Place = CredentialOptions::Place;
  using Place = CredentialOptions::Place;
  const Form key_form = config.key_header() == config::v1::Qoyod::AUTHORIZATION
                            ? Form::kAuthorizationRaw
                            : Form::kApiKey;
  switch (config.credential_case()) {
    case config::v1::Qoyod::kApiKeyFile:
      return {Place::kFile, config.api_key_file(), key_form};
    case config::v1::Qoyod::kAccessTokenEnv:
      return {Place::kEnvironment, config.access_token_env(), Form::kBearer};
    case config::v1::Qoyod::kAccessTokenFile:
      return {Place::kFile, config.access_token_file(), Form::kBearer};
    case config::v1::Qoyod::kApiKeyEnv:
    case config::v1::Qoyod::kOauth:
    case config::v1::Qoyod::CREDENTIAL_NOT_SET:
      break;
  }
  return {Place::kEnvironment, config.api_key_env(), key_form};
}

QoyodOptions QoyodOptionsOf(const config::v1::Qoyod& config) {
  QoyodOptions options;
  options.base_url = config.base_url();
  if (config.has_request_timeout()) {
    options.read_timeout = absl::Seconds(config.request_timeout().seconds()) +
                           absl::Nanoseconds(config.request_timeout().nanos());
  }
  return options;
}

std::unique_ptr<domain::ProductGateway> NewQoyodGateway(
    const config::v1::Qoyod& config, const domain::Clock& clock,
    HttpTransport& transport) {
  return std::make_unique<QoyodGateway>(
      QoyodOptionsOf(config),
      std::make_shared<CredentialSource>(CredentialOptionsOf(config)), clock,
      transport);
}

}  // namespace qantara::adapters
