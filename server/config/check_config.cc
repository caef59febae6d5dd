#include "server/config/check_config.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

namespace qantara::server {
namespace {

constexpr size_t kMaxIdLength = 64;
constexpr uint32_t kMaxRequestsPerMinute = 6000;
constexpr uint32_t kMaxInFlight = 16;
constexpr absl::Duration kMinPollInterval = absl::Seconds(1);
constexpr absl::Duration kMaxPollInterval = absl::Hours(24 * 7);
constexpr absl::Duration kMinRequestTimeout = absl::Milliseconds(100);
constexpr absl::Duration kMaxRequestTimeout = absl::Minutes(10);
constexpr absl::Duration kMaxWaitOut = absl::Hours(1);
constexpr absl::Duration kMinRetention = absl::Minutes(1);
// A hundred years: more is a slip of the pen.
constexpr absl::Duration kMaxRetention = absl::Hours(24 * 365 * 100);
constexpr uint64_t kMinRetentionBytes = uint64_t{64} << 10;
constexpr int kMaxOAuthParameters = 32;
constexpr char kQoyodUrl[] = "https://api.qoyod.com/2.0";
constexpr char kQwotyUrl[] = "https://qwoty.app/api";
// Parameters of a token request that the server sets itself.
constexpr const char* kOwnParameters[] = {"grant_type", "client_id",
                                          "client_secret", "refresh_token"};

// The place that is being checked, and the problems found so far.
class Report {
 public:
  explicit Report(std::vector<ConfigProblem>* problems) : problems_(problems) {}

  Report In(absl::string_view field, int index = 0) const {
    Report inner(problems_);
    inner.path_ = path_;
    inner.path_.push_back({std::string(field), index});
    return inner;
  }
  void Add(std::string message) const {
    problems_->push_back({path_, std::move(message)});
  }

 private:
  std::vector<ConfigProblem>* problems_;
  std::vector<ConfigProblem::Step> path_;
};

bool IsId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxIdLength) return false;
  for (const char c : id) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_' &&
        c != '-' && c != '.') {
      return false;
    }
  }
  return true;
}

// What is wrong with the URL; nothing when it can be used.
std::optional<std::string> UrlProblem(absl::string_view url,
                                      const char* example = kQoyodUrl) {
  if (url.empty()) return absl::StrCat("required: such as ", example);
  absl::string_view rest = url;
  if (!absl::ConsumePrefix(&rest, "https://") &&
      !absl::ConsumePrefix(&rest, "http://")) {
    return "must begin with https:// or http://";
  }
  if (rest.empty() || rest[0] == '/') return "has no host";
  if (absl::StrContains(rest, "?") || absl::StrContains(rest, "#")) {
    return "must not have a query or fragment";
  }
  if (absl::StrContains(rest.substr(0, rest.find('/')), "@")) {
    return "must not hold a user name or password";
  }
  for (const char c : rest) {
    if (!absl::ascii_isgraph(c)) return "has a character that no URL has";
  }
  return std::nullopt;
}

struct Bounds {
  absl::Duration min;
  absl::Duration max;
};

// Reads a duration within bounds; reports what is wrong.
absl::Duration ReadDuration(const google::protobuf::Duration& duration,
                            Bounds bounds, const Report& report) {
  const absl::Duration value =
      absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
  if (value < bounds.min || value > bounds.max) {
    report.Add(absl::StrCat("must be ", absl::FormatDuration(bounds.min),
                            " to ", absl::FormatDuration(bounds.max), ", is ",
                            absl::FormatDuration(value)));
  }
  return value;
}

void ReadOAuthParameters(const config::v1::OAuth& oauth, const Report& report,
                         OAuthSettings* settings) {
  if (oauth.parameters_size() > kMaxOAuthParameters) {
    report.In("parameters")
        .Add(absl::StrCat("must be at most ", kMaxOAuthParameters));
    return;
  }
  for (int i = 0; i < oauth.parameters_size(); ++i) {
    const config::v1::OAuthParameter& parameter = oauth.parameters(i);
    const Report name = report.In("parameters", i).In("name");
    if (parameter.name().empty()) name.Add("must not be empty");
    for (const char* own : kOwnParameters) {
      if (parameter.name() == own) name.Add("is set by the server itself");
    }
    settings->parameters.emplace_back(parameter.name(), parameter.value());
  }
}

OAuthSettings ReadOAuth(const config::v1::OAuth& oauth, const Report& report) {
  OAuthSettings settings;
  settings.token_url = oauth.token_url();
  settings.client_id_env = oauth.client_id_env();
  settings.client_secret_file = oauth.client_secret_file();
  settings.refresh_token_file = oauth.refresh_token_file();
  settings.basic = oauth.client_authentication() == config::v1::OAuth::BASIC;
  if (oauth.token_url().empty()) {
    report.In("token_url").Add("required: where tokens are asked for");
  } else if (const auto problem = UrlProblem(oauth.token_url());
             problem.has_value()) {
    report.In("token_url").Add(*problem);
  }
  if (oauth.client_id_env().empty()) {
    report.In("client_id_env").Add("must not be empty");
  }
  if (oauth.client_secret_file().empty()) {
    report.In("client_secret_file").Add("must not be empty");
  }
  ReadOAuthParameters(oauth, report, &settings);
  return settings;
}

CredentialSource ReadCredential(const config::v1::Qoyod& qoyod,
                                const Report& report) {
  using Kind = CredentialSource::Kind;
  CredentialSource source;
  const char* field = "";
  switch (qoyod.credential_case()) {
    case config::v1::Qoyod::kApiKeyEnv:
      field = "api_key_env";
      source = {Kind::kApiKeyEnv, qoyod.api_key_env()};
      break;
    case config::v1::Qoyod::kApiKeyFile:
      field = "api_key_file";
      source = {Kind::kApiKeyFile, qoyod.api_key_file()};
      break;
    case config::v1::Qoyod::kAccessTokenEnv:
      field = "access_token_env";
      source = {Kind::kAccessTokenEnv, qoyod.access_token_env()};
      break;
    case config::v1::Qoyod::kAccessTokenFile:
      field = "access_token_file";
      source = {Kind::kAccessTokenFile, qoyod.access_token_file()};
      break;
    case config::v1::Qoyod::kOauth:
      return {Kind::kOAuth, ""};
    case config::v1::Qoyod::CREDENTIAL_NOT_SET:
      report.Add(
          "one of api_key_env, api_key_file, access_token_env, "
          "access_token_file and oauth is required");
      return source;
  }
  if (source.name.empty()) report.In(field).Add("must not be empty");
  return source;
}

CredentialSource ReadCredential(const config::v1::Qwoty& qwoty,
                                const Report& report) {
  using Kind = CredentialSource::Kind;
  CredentialSource source;
  const char* field = "";
  switch (qwoty.credential_case()) {
    case config::v1::Qwoty::kTokenEnv:
      field = "token_env";
      source = {Kind::kAccessTokenEnv, qwoty.token_env()};
      break;
    case config::v1::Qwoty::kTokenFile:
      field = "token_file";
      source = {Kind::kAccessTokenFile, qwoty.token_file()};
      break;
    case config::v1::Qwoty::CREDENTIAL_NOT_SET:
      report.Add("one of token_env and token_file is required");
      return source;
  }
  if (source.name.empty()) report.In(field).Add("must not be empty");
  return source;
}

// Reads what the messages of all providers have.
template <typename Message>
void ReadProvider(const Message& message, const char* example,
                  const Report& report, ProviderSettings* settings) {
  if (const auto problem = UrlProblem(message.base_url(), example);
      problem.has_value()) {
    report.In("base_url").Add(*problem);
  }
  absl::string_view url = message.base_url();
  while (absl::ConsumeSuffix(&url, "/")) {
  }
  settings->base_url = std::string(url);
  settings->credential = ReadCredential(message, report);
  if (message.has_request_timeout()) {
    settings->request_timeout = ReadDuration(
        message.request_timeout(), {kMinRequestTimeout, kMaxRequestTimeout},
        report.In("request_timeout"));
  }
  if (message.has_max_processing()) {
    settings->max_processing = ReadDuration(message.max_processing(),
                                            {absl::ZeroDuration(), kMaxWaitOut},
                                            report.In("max_processing"));
  }
  if (message.has_max_read_lag()) {
    settings->max_read_lag = ReadDuration(message.max_read_lag(),
                                          {absl::ZeroDuration(), kMaxWaitOut},
                                          report.In("max_read_lag"));
  }
  if (message.max_in_flight() > kMaxInFlight) {
    report.In("max_in_flight")
        .Add(absl::StrCat("must be 1 to ", kMaxInFlight, ", is ",
                          message.max_in_flight()));
  } else if (message.max_in_flight() > 0) {
    settings->max_in_flight = message.max_in_flight();
  }
}

QoyodSettings ReadQoyod(const config::v1::Qoyod& qoyod, const Report& report) {
  QoyodSettings settings;
  ReadProvider(qoyod, kQoyodUrl, report, &settings);
  if (qoyod.has_oauth()) {
    settings.oauth = ReadOAuth(qoyod.oauth(), report.In("oauth"));
  }
  settings.key_in_authorization =
      qoyod.key_header() == config::v1::Qoyod::AUTHORIZATION;
  return settings;
}

ProviderSettings ReadQwoty(const config::v1::Connection& connection,
                           const Report& report) {
  ProviderSettings settings;
  ReadProvider(connection.qwoty(), kQwotyUrl, report.In("qwoty"), &settings);
  constexpr char kNoStock[] = "cannot be given: Qwoty has no stock to poll";
  if (connection.has_inventory_poll_interval()) {
    report.In("inventory_poll_interval").Add(kNoStock);
  }
  if (connection.has_stock_retention()) {
    report.In("stock_retention").Add(kNoStock);
  }
  return settings;
}

RetentionLimits ReadRetention(const config::v1::StockRetention& retention,
                              const Report& report) {
  RetentionLimits limits;
  if (!retention.has_max_age() && retention.max_bytes() == 0) {
    report.Add("at least one of max_age and max_bytes is required");
  }
  if (retention.has_max_age()) {
    limits.max_age =
        ReadDuration(retention.max_age(), {kMinRetention, kMaxRetention},
                     report.In("max_age"));
  }
  if (retention.max_bytes() == 0) return limits;
  limits.max_bytes = retention.max_bytes();
  if (*limits.max_bytes < kMinRetentionBytes) {
    report.In("max_bytes")
        .Add(absl::StrCat("must be at least ", kMinRetentionBytes, ", is ",
                          *limits.max_bytes));
  }
  return limits;
}

ConnectionSettings ReadConnection(const config::v1::Connection& connection,
                                  const Report& report) {
  ConnectionSettings settings;
  settings.id = connection.id();
  if (!IsId(connection.id())) {
    report.In("id").Add(
        "must be 1 to 64 lowercase letters, digits, `_`, `-` or `.`");
  }
  if (connection.has_qoyod()) {
    settings.qoyod = ReadQoyod(connection.qoyod(), report.In("qoyod"));
  } else if (connection.has_qwoty()) {
    settings.qwoty = ReadQwoty(connection, report);
  } else {
    report.Add("a provider is required: qoyod { ... } or qwoty { ... }");
  }
  if (connection.requests_per_minute() > kMaxRequestsPerMinute) {
    report.In("requests_per_minute")
        .Add(absl::StrCat("must be 1 to ", kMaxRequestsPerMinute, ", is ",
                          connection.requests_per_minute()));
  } else if (connection.requests_per_minute() > 0) {
    settings.requests_per_minute = connection.requests_per_minute();
  }
  if (connection.has_inventory_poll_interval()) {
    settings.inventory_poll_interval =
        ReadDuration(connection.inventory_poll_interval(),
                     {kMinPollInterval, kMaxPollInterval},
                     report.In("inventory_poll_interval"));
  }
  if (connection.has_stock_retention()) {
    settings.stock_retention = ReadRetention(connection.stock_retention(),
                                             report.In("stock_retention"));
  }
  return settings;
}

}  // namespace

std::string PathText(const ConfigProblem& problem) {
  std::string text;
  for (const ConfigProblem::Step& step : problem.path) {
    if (!text.empty()) text += '.';
    absl::StrAppend(&text, step.field);
    if (step.field == "connections" || step.field == "parameters")
      absl::StrAppend(&text, "[", step.index, "]");
  }
  return text;
}

CheckedConfig CheckConfig(const config::v1::ServerConfig& config) {
  CheckedConfig checked;
  const Report report(&checked.problems);
  if (config.connections().empty()) {
    report.Add("connections: at least one is required");
  }
  absl::flat_hash_set<std::string> ids;
  for (int i = 0; i < config.connections_size(); ++i) {
    const Report here = report.In("connections", i);
    checked.connections.push_back(ReadConnection(config.connections(i), here));
    if (!ids.insert(config.connections(i).id()).second) {
      here.In("id").Add(
          absl::StrCat("`", config.connections(i).id(), "` is used twice"));
    }
  }
  return checked;
}

}  // namespace qantara::server
