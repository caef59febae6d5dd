#include "server/config/load_config.h"

#include <gtest/gtest.h>

#include <string>

namespace qantara::server {
namespace {

// A configuration with one connection; `qoyod` and `rest` are put into it.
std::string With(const std::string& qoyod, const std::string& rest = "") {
  return "connections { id: \"a\"\n  qoyod { " + qoyod + " }\n  " + rest +
         "\n}\n";
}

constexpr char kGood[] = "base_url: \"https://q/2.0\" api_key_env: \"KEY\" ";

// The same with Qwoty; `rest` begins the second line.
std::string WithQwoty(const std::string& qwoty, const std::string& rest = "") {
  return "connections { id: \"a\" qwoty { " + qwoty + " }\n" + rest + " }";
}

struct Case {
  const char* name;
  std::string text;
  // Empty: it is accepted.
  std::string error;
};

class ParseConfigTest : public ::testing::TestWithParam<Case> {};

TEST_P(ParseConfigTest, NamesLineAndField) {
  const auto parsed = ParseConfig(GetParam().text, "f");
  if (GetParam().error.empty()) {
    EXPECT_TRUE(parsed.ok()) << parsed.status();
  } else {
    EXPECT_EQ(parsed.status().message(), GetParam().error);
  }
}

const Case kCases[] = {
    {"Plain", With(kGood), ""},
    {"Plain_http", With("base_url: \"http://127.0.0.1:1\" api_key_file: \"k\""),
     ""},
    {"UnknownField", "connections {\n  idd: \"a\"\n}",
     "f:2:6: Message type \"qantara.config.v1.Connection\" has no field named "
     "\"idd\"."},
    {"NoConnection", "", "f:1:1: connections: at least one is required"},
    {"NoProvider", "connections { id: \"a\" }",
     "f:1:1: connections[0]: a provider is required: qoyod { ... } "
     "or qwoty { ... }"},
    {"BadId",
     "connections { id: \"A b\" qoyod { base_url: \"https://q\" "
     "api_key_env: \"K\" } }",
     "f:1:15: connections[0].id: must be 1 to 64 lowercase letters, digits, "
     "`_`, `-` or `.`"},
    {"SameIdTwice", With(kGood) + With(kGood),
     "f:5:15: connections[1].id: `a` is used twice"},
    {"NoUrl", With("api_key_env: \"K\""),
     "f:2:3: connections[0].qoyod.base_url: required: such as "
     "https://api.qoyod.com/2.0"},
    {"UrlOfAnotherKind", With("base_url: \"ftp://q\" api_key_env: \"K\""),
     "f:2:11: connections[0].qoyod.base_url: must begin with https:// or "
     "http://"},
    {"UrlWithQuery", With("base_url: \"https://q?a\" api_key_env: \"K\""),
     "f:2:11: connections[0].qoyod.base_url: must not have a query or "
     "fragment"},
    {"UrlWithPassword", With("base_url: \"https://u:p@q\" api_key_env: \"K\""),
     "f:2:11: connections[0].qoyod.base_url: must not hold a user name or "
     "password"},
    {"NoCredential", With("base_url: \"https://q\""),
     "f:2:3: connections[0].qoyod: one of api_key_env, api_key_file, "
     "access_token_env, access_token_file and oauth is required"},
    {"EmptyCredential", With("base_url: \"https://q\" api_key_env: \"\""),
     "f:2:33: connections[0].qoyod.api_key_env: must not be empty"},
    {"OAuth",
     With("base_url: \"https://q\" oauth { token_url: \"https://t\" "
          "client_id_env: \"I\" client_secret_file: \"s\" }"),
     ""},
    {"OAuthWithoutSecret",
     With("base_url: \"https://q\" oauth { token_url: \"https://t\" "
          "client_id_env: \"I\" }"),
     "f:2:33: connections[0].qoyod.oauth.client_secret_file: must not be "
     "empty"},
    {"OAuthWithBadUrl",
     With("base_url: \"https://q\" oauth { token_url: \"t\" "
          "client_id_env: \"I\" client_secret_file: \"s\" }"),
     "f:2:41: connections[0].qoyod.oauth.token_url: must begin with https:// "
     "or http://"},
    {"OAuthWithAParameterOfOurs",
     With("base_url: \"https://q\" oauth { token_url: \"https://t\" "
          "client_id_env: \"I\" client_secret_file: \"s\"\n"
          "parameters { name: \"client_id\" value: \"x\" } }"),
     "f:3:14: connections[0].qoyod.oauth.parameters[0].name: is set by the "
     "server itself"},
    {"TooManyInFlight", With(std::string(kGood) + "max_in_flight: 17"),
     "f:2:56: connections[0].qoyod.max_in_flight: must be 1 to 16, is 17"},
    {"TimeoutTooShort",
     With(std::string(kGood) + "request_timeout { nanos: 1 }"),
     "f:2:56: connections[0].qoyod.request_timeout: must be 100ms to 10m, is "
     "1ns"},
    {"NegativeWaitOut",
     With(std::string(kGood) + "max_processing { seconds: -1 }"),
     "f:2:56: connections[0].qoyod.max_processing: must be 0 to 1h, is -1s"},
    {"PollsTooOften", With(kGood, "inventory_poll_interval { nanos: 1 }"),
     "f:3:3: connections[0].inventory_poll_interval: must be 1s to 168h, is "
     "1ns"},
    {"Retention",
     With(kGood,
          "stock_retention { max_age { seconds: 60 } max_bytes: 65536 }"),
     ""},
    {"RetentionOfNothing", With(kGood, "stock_retention {}"),
     "f:3:3: connections[0].stock_retention: at least one of max_age and "
     "max_bytes is required"},
    {"RetentionTooShort",
     With(kGood, "stock_retention { max_age { seconds: 59 } }"),
     "f:3:21: connections[0].stock_retention.max_age: must be 1m to 876000h, "
     "is 59s"},
    {"RetentionTooSmall", With(kGood, "stock_retention { max_bytes: 65535 }"),
     "f:3:21: connections[0].stock_retention.max_bytes: must be at least "
     "65536, "
     "is 65535"},
    {"TooManyRequests", With(kGood, "requests_per_minute: 6001"),
     "f:3:3: connections[0].requests_per_minute: must be 1 to 6000, is 6001"},
};

const Case kQwotyCases[] = {
    {"Plain", WithQwoty("base_url: \"https://q/api\" token_env: \"T\""), ""},
    {"NoUrl", WithQwoty("token_env: \"T\""),
     "f:1:23: connections[0].qwoty.base_url: required: such as "
     "https://qwoty.app/api"},
    {"NoToken", WithQwoty("base_url: \"https://q\""),
     "f:1:23: connections[0].qwoty: one of token_env and token_file is "
     "required"},
    {"EmptyToken", WithQwoty("base_url: \"https://q\" token_file: \"\""),
     "f:1:53: connections[0].qwoty.token_file: must not be empty"},
    {"Polls",
     WithQwoty("base_url: \"https://q\" token_env: \"T\"",
               "inventory_poll_interval { seconds: 60 }"),
     "f:2:1: connections[0].inventory_poll_interval: cannot be given: Qwoty "
     "has no stock to poll"},
    {"KeepsStock",
     WithQwoty("base_url: \"https://q\" token_env: \"T\"",
               "stock_retention { max_bytes: 65536 }"),
     "f:2:1: connections[0].stock_retention: cannot be given: Qwoty has no "
     "stock to poll"},
};

INSTANTIATE_TEST_SUITE_P(Qwoty, ParseConfigTest,
                         ::testing::ValuesIn(kQwotyCases),
                         [](const auto& info) { return info.param.name; });

TEST(ParseConfig, QwotyIsReadWhole) {
  const auto parsed =
      ParseConfig(WithQwoty("base_url: \"https://q/api/\" token_file: \"t\" "
                            "request_timeout { seconds: 5 } max_in_flight: 2"),
                  "f");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const ConnectionSettings& settings = parsed->front();
  ASSERT_TRUE(settings.qwoty.has_value());
  EXPECT_EQ(settings.qwoty->base_url, "https://q/api");
  EXPECT_EQ(settings.qwoty->credential.name, "t");
  EXPECT_EQ(settings.provider().request_timeout, absl::Seconds(5));
  EXPECT_EQ(settings.provider().max_read_lag, absl::Seconds(10));
  EXPECT_EQ(settings.provider().max_in_flight, 2);
}

INSTANTIATE_TEST_SUITE_P(All, ParseConfigTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(ParseConfig, FillsInDefaults) {
  const auto parsed = ParseConfig(
      With("base_url: \"https://q/2.0/\" access_token_file: \"t\""), "f");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const ConnectionSettings& settings = parsed->front();
  EXPECT_EQ(settings.qoyod.base_url, "https://q/2.0");
  EXPECT_EQ(settings.qoyod.credential.kind,
            CredentialSource::Kind::kAccessTokenFile);
  EXPECT_EQ(settings.requests_per_minute, 240);
  EXPECT_FALSE(settings.inventory_poll_interval.has_value());
  EXPECT_FALSE(settings.stock_retention.has_value());
  EXPECT_EQ(settings.qoyod.request_timeout, absl::Seconds(30));
  EXPECT_EQ(settings.qoyod.max_in_flight, 4);
}

TEST(ParseConfig, RetentionHasTheLimitsThatAreGiven) {
  const auto of = [](const std::string& limits) {
    return *ParseConfig(With(kGood, "stock_retention { " + limits + " }"), "f")
                ->front()
                .stock_retention;
  };
  EXPECT_EQ(of("max_age { seconds: 3600 }").max_age, absl::Hours(1));
  EXPECT_EQ(of("max_age { seconds: 3600 }").max_bytes, std::nullopt);
  EXPECT_EQ(of("max_bytes: 1000000").max_bytes, 1000000);
  EXPECT_EQ(of("max_bytes: 1000000").max_age, std::nullopt);
}

TEST(ParseConfig, OAuthIsReadWhole) {
  const auto parsed = ParseConfig(
      With("base_url: \"https://q\" oauth { token_url: \"https://t/token\" "
           "client_id_env: \"I\" client_secret_file: \"s\" "
           "refresh_token_file: \"r\" client_authentication: BASIC "
           "parameters { name: \"scope\" value: \"products\" } }"),
      "f");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const QoyodSettings& qoyod = parsed->front().qoyod;
  EXPECT_EQ(qoyod.credential.kind, CredentialSource::Kind::kOAuth);
  EXPECT_EQ(qoyod.oauth.token_url, "https://t/token");
  EXPECT_EQ(qoyod.oauth.client_id_env, "I");
  EXPECT_EQ(qoyod.oauth.client_secret_file, "s");
  EXPECT_EQ(qoyod.oauth.refresh_token_file, "r");
  EXPECT_TRUE(qoyod.oauth.basic);
  ASSERT_EQ(qoyod.oauth.parameters.size(), 1u);
  EXPECT_EQ(qoyod.oauth.parameters[0].first, "scope");
  EXPECT_EQ(qoyod.oauth.parameters[0].second, "products");
}

TEST(LoadConfig, AMissingFileIsNamed) {
  EXPECT_EQ(LoadConfig("/nowhere/at/all").status().message(),
            "/nowhere/at/all: cannot be read");
}

}  // namespace
}  // namespace qantara::server
