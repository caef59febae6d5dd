#include "server/new_gateway.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/credentials/credential_source.h"
#include "adapters/credentials/oauth_credentials.h"
#include "adapters/qoyod/qoyod_gateway.h"
#include "adapters/qwoty/qwoty_gateway.h"

namespace qantara::server {
namespace {

adapters::CredentialOptions CredentialOf(const CredentialSource& source,
                                         bool key_in_authorization) {
  using Kind = CredentialSource::Kind;
  using Form = adapters::CredentialOptions::Form;
  using Place = adapters::CredentialOptions::Place;
  adapters::CredentialOptions options;
  const Kind kind = source.kind;
  const bool is_file =
      kind == Kind::kApiKeyFile || kind == Kind::kAccessTokenFile;
  const bool is_key = kind == Kind::kApiKeyEnv || kind == Kind::kApiKeyFile;
  options.place = is_file ? Place::kFile : Place::kEnvironment;
  options.name = source.name;
  if (!is_key) {
    options.form = Form::kBearer;
  } else if (key_in_authorization) {
    options.form = Form::kAuthorizationRaw;
  }
  return options;
}

adapters::OAuthOptions OAuthOf(const QoyodSettings& settings,
                               std::string token_path) {
  using Kind = adapters::SecretPlace::Kind;
  const OAuthSettings& oauth = settings.oauth;
  adapters::OAuthOptions options;
  options.endpoint = {oauth.token_url, oauth.parameters, oauth.basic,
                      settings.request_timeout};
  options.client_id = {Kind::kEnvironment, oauth.client_id_env};
  options.client_secret = {Kind::kFile, oauth.client_secret_file};
  if (!oauth.refresh_token_file.empty()) {
    options.refresh_token = {Kind::kFile, oauth.refresh_token_file};
  }
  options.token_path = std::move(token_path);
  return options;
}

ProviderAccess NewQoyod(const ConnectionSettings& settings,
                        const domain::Clock& clock,
                        adapters::HttpTransport& transport,
                        const std::string& data_dir) {
  const QoyodSettings& qoyod = settings.qoyod;
  ProviderAccess access;
  if (qoyod.credential.kind == CredentialSource::Kind::kOAuth) {
    access.credentials = std::make_shared<adapters::OAuthCredentials>(
        OAuthOf(qoyod, absl::StrCat(data_dir, "/", kCredentialsFolder, "/",
                                    settings.id, ".token")),
        clock, transport);
  } else {
    access.credentials = std::make_shared<adapters::CredentialSource>(
        CredentialOf(qoyod.credential, qoyod.key_in_authorization));
  }
  adapters::QoyodOptions options;
  options.base_url = qoyod.base_url;
  options.read_timeout = qoyod.request_timeout;
  access.gateway = std::make_unique<adapters::QoyodGateway>(
      std::move(options), access.credentials, clock, transport);
  return access;
}

ProviderAccess NewQwoty(const ConnectionSettings& settings,
                        const domain::Clock& clock,
                        adapters::HttpTransport& transport) {
  const ProviderSettings& qwoty = *settings.qwoty;
  ProviderAccess access;
  access.credentials = std::make_shared<adapters::CredentialSource>(
      CredentialOf(qwoty.credential, /*key_in_authorization=*/false));
  adapters::QwotyOptions options;
  options.connection = settings.id;
  options.address.base_url = qwoty.base_url;
  options.address.read_timeout = qwoty.request_timeout;
  access.gateway = std::make_unique<adapters::QwotyGateway>(
      std::move(options), access.credentials, clock, transport);
  return access;
}

}  // namespace

GatewayFactory NewGatewayFactory(const domain::Clock& clock,
                                 adapters::HttpTransport& transport,
                                 const std::string& data_dir) {
  return [&clock, &transport, data_dir](const ConnectionSettings& settings) {
    return settings.qwoty.has_value()
               ? NewQwoty(settings, clock, transport)
               : NewQoyod(settings, clock, transport, data_dir);
  };
}

}  // namespace qantara::server
