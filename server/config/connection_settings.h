// What is configured about a connection, checked and with defaults filled in.
#ifndef QANTARA_SERVER_CONFIG_CONNECTION_SETTINGS_H_
#define QANTARA_SERVER_CONFIG_CONNECTION_SETTINGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "server/retention/retention_limits.h"

namespace qantara::server {

// Where a credential is found. Its value is never part of the settings.
struct CredentialSource {
  enum class Kind {
    kApiKeyEnv,
    kApiKeyFile,
    kAccessTokenEnv,
    kAccessTokenFile,
    kOAuth
  };
  Kind kind = Kind::kApiKeyEnv;
  // Name of the environment variable, or path of the file; empty for kOAuth.
  std::string name;

  bool operator==(const CredentialSource&) const = default;
};

// How access tokens are asked for.
struct OAuthSettings {
  std::string token_url;
  std::string client_id_env;
  std::string client_secret_file;
  // Empty: the client-credentials grant.
  std::string refresh_token_file;
  std::vector<std::pair<std::string, std::string>> parameters;
  // HTTP Basic instead of the body.
  bool basic = false;

  bool operator==(const OAuthSettings&) const = default;
};

// How to reach any provider.
struct ProviderSettings {
  // Without a slash at its end.
  std::string base_url;
  CredentialSource credential;
  absl::Duration request_timeout = absl::Seconds(30);
  absl::Duration max_processing = absl::Seconds(30);
  absl::Duration max_read_lag = absl::Seconds(10);
  uint32_t max_in_flight = 4;

  bool operator==(const ProviderSettings&) const = default;
};

// How to reach Qoyod.
struct QoyodSettings : ProviderSettings {
  // Only for CredentialSource::Kind::kOAuth.
  OAuthSettings oauth;
  // `Authorization: key` instead of `API-KEY: key`.
  bool key_in_authorization = false;

  bool operator==(const QoyodSettings&) const = default;
};

// One company at one provider. The values here are the defaults.
struct ConnectionSettings {
  std::string id;
  // How to reach its provider, whichever it is.
  const ProviderSettings& provider() const {
    if (qwoty.has_value()) return *qwoty;
    return qoyod;
  }

  QoyodSettings qoyod;
  // Present: the provider is Qwoty, and `qoyod` means nothing.
  std::optional<ProviderSettings> qwoty;
  uint32_t requests_per_minute = 240;
  // Absent: no polling.
  std::optional<absl::Duration> inventory_poll_interval;
  // Absent: the history of stock is kept for ever.
  std::optional<RetentionLimits> stock_retention;

  bool operator==(const ConnectionSettings&) const = default;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONFIG_CONNECTION_SETTINGS_H_
