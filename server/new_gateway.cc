#include "server/new_gateway.h"

#include <memory>

#include "adapters/credentials/credential_source.h"
#include "adapters/qoyod/qoyod_gateway.h"

namespace qantara::server {
namespace {

adapters::CredentialOptions CredentialOf(const QoyodSettings& settings) {
  using Kind = CredentialSource::Kind;
  using Form = adapters::CredentialOptions::Form;
  using Place = adapters::CredentialOptions::Place;
  adapters::CredentialOptions options;
  const Kind kind = settings.credential.kind;
  const bool is_file =
      kind == Kind::kApiKeyFile || kind == Kind::kAccessTokenFile;
  const bool is_key = kind == Kind::kApiKeyEnv || kind == Kind::kApiKeyFile;
  options.place = is_file ? Place::kFile : Place::kEnvironment;
  options.name = settings.credential.name;
  if (!is_key) {
    options.form = Form::kBearer;
  } else if (settings.key_in_authorization) {
    options.form = Form::kAuthorizationRaw;
  }
  return options;
}

}  // namespace

GatewayFactory NewGatewayFactory(const domain::Clock& clock,
                                 adapters::HttpTransport& transport) {
  return [&clock, &transport](const ConnectionSettings& settings) {
    adapters::QoyodOptions options;
    options.base_url = settings.qoyod.base_url;
    options.credential = CredentialOf(settings.qoyod);
    options.read_timeout = settings.qoyod.request_timeout;
    return std::make_unique<adapters::QoyodGateway>(std::move(options), clock,
                                                    transport);
  };
}

}  // namespace qantara::server
