// Credentials that are refused, replaced, renewed and rotated while an import
// is delivered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/credentials/credential_source.h"
#include "adapters/credentials/oauth_credentials.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"
#include "tools/simulator/json.h"

namespace qantara::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kIdVariable[] = "QANTARA_TEST_CLIENT_ID";
constexpr char kKey[] = "qyd_test_key";

class CredentialsTest : public ::testing::Test {
 protected:
  CredentialsTest() {
    std::string pattern = ::testing::TempDir() + "/credentials.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    setenv(kIdVariable, "main", 1);
    Write("key", kKey);
    Write("secret", kKey);
    Write("refresh", "first_refresh_token");
  }

  std::string Path(const std::string& name) const {
    return folder_ + "/" + name;
  }
  // Replaces a file as an operator does: whole.
  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(Path(name) + ".new", std::ios::trunc) << content << "\n";
    ASSERT_EQ(rename((Path(name) + ".new").c_str(), Path(name).c_str()), 0);
  }

  DeliveryHarness::Options KeyFile(int max_in_flight = 4) const {
    DeliveryHarness::Options options;
    options.max_in_flight = max_in_flight;
    options.new_credentials = [path = Path("key")](const std::string&,
                                                   const domain::Clock&,
                                                   adapters::HttpTransport&) {
      return std::make_shared<adapters::CredentialSource>(
          adapters::CredentialOptions{adapters::CredentialOptions::Place::kFile,
                                      path});
    };
    return options;
  }

  DeliveryHarness::Options OAuth(bool refresh) const {
    DeliveryHarness::Options options;
    options.new_credentials =
        [this, refresh](const std::string& base_url, const domain::Clock& clock,
                        adapters::HttpTransport& transport) {
          using Kind = adapters::SecretPlace::Kind;
          adapters::OAuthOptions oauth;
          oauth.endpoint.url =
              absl::StrReplaceAll(base_url, {{"/2.0", "/oauth/token"}});
          oauth.client_id = {Kind::kEnvironment, kIdVariable};
          oauth.client_secret = {Kind::kFile, Path("secret")};
          if (refresh) oauth.refresh_token = {Kind::kFile, Path("refresh")};
          oauth.token_path = Path("credentials/shop.token");
          return std::make_shared<adapters::OAuthCredentials>(oauth, clock,
                                                              transport);
        };
    return options;
  }

  std::string folder_;
};

// Requests that were answered 401.
int64_t Refusals(DeliveryHarness& harness) {
  int64_t count = 0;
  for (const auto& entry : harness.qoyod().JournalEntries()) {
    if (entry.status == 401) ++count;
  }
  return count;
}

int64_t TokenRequests(DeliveryHarness& harness) {
  return harness.qoyod().RequestCount("POST", "/oauth/token");
}

void ExpectAllCreated(DeliveryHarness& harness, const std::string& import_id,
                      int count) {
  const auto row = harness.Finish(import_id);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), count);
  EXPECT_EQ(domain::BalanceOf(row), 0);
  EXPECT_EQ(harness.qoyod().ProductCount(), count);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
}

TEST_F(CredentialsTest, ARevokedKeyStopsAnImportUntilItsFileIsReplaced) {
  for (const int max_in_flight : {1, 4}) {
    Write("key", kKey);
    DeliveryHarness harness(KeyFile(max_in_flight));
    ASSERT_TRUE(harness.qoyod().SetFaults(R"({"latency_ms":20})").ok());
    harness.Import("spring", Lines("A-", 600));
    ASSERT_TRUE(harness.qoyod().WaitForRequests(5, 60'000));
    harness.qoyod().Admin("POST", "/_admin/revoke_key",
                          absl::StrCat(R"({"key":")", kKey, R"("})"));
    harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
    EXPECT_THAT(harness.status().detail(), HasSubstr(Path("key")));
    EXPECT_THAT(harness.status().detail(), Not(HasSubstr(kKey)));
    // Those on their way when the first was refused, and no other.
    EXPECT_GE(Refusals(harness), 1);
    EXPECT_LE(Refusals(harness), max_in_flight);
    harness.qoyod().Admin("POST", "/_admin/add_key", R"({"key":"second_key"})");
    Write("key", "second_key");
    ExpectAllCreated(harness, "spring", 600);
    EXPECT_LE(Refusals(harness), max_in_flight);
  }
}

TEST_F(CredentialsTest, ANewKeyThatIsWrongCostsOneRequest) {
  DeliveryHarness harness(KeyFile());
  harness.qoyod().Admin("POST", "/_admin/revoke_key",
                        absl::StrCat(R"({"key":")", kKey, R"("})"));
  harness.Import("spring", Lines("A-", 100));
  harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  const int64_t before = Refusals(harness);
  Write("key", "wrong_key");
  harness.Await("a refusal", [&] { return Refusals(harness) > before; });
  harness.qoyod().Admin("POST", "/_admin/add_key", R"({"key":"second_key"})");
  Write("key", "second_key");
  ExpectAllCreated(harness, "spring", 100);
  EXPECT_EQ(Refusals(harness), before + 1);
}

TEST_F(CredentialsTest, AMissingFileCostsNoRequest) {
  unlink(Path("key").c_str());
  DeliveryHarness harness(KeyFile());
  harness.Import("spring", Lines("A-", 10));
  harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_THAT(harness.qoyod().JournalEntries(), IsEmpty());
  Write("key", kKey);
  ExpectAllCreated(harness, "spring", 10);
}

TEST_F(CredentialsTest, AMissingPermissionClosesTheConnectionAndSaysSo) {
  DeliveryHarness harness(KeyFile());
  ASSERT_TRUE(
      harness.qoyod().SetFaults(R"({"forbidden":{"methods":["POST"]}})").ok());
  harness.Import("spring", Lines("A-", 10));
  harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_THAT(harness.status().detail(), HasSubstr("HTTP 403"));
  EXPECT_THAT(harness.status().detail(), HasSubstr("create"));
  EXPECT_EQ(harness.qoyod().RequestCount("POST", "/products"), 1);
  harness.qoyod().ResetFaults();
  Write("key", kKey);
  ExpectAllCreated(harness, "spring", 10);
}

TEST_F(CredentialsTest, AWrongBaseUrlIsAMistakeOfTheConfiguration) {
  DeliveryHarness harness(KeyFile());
  // A redirect is what an address of another service answers.
  ASSERT_TRUE(harness.qoyod().SetFaults(R"({"redirect":{"count":1}})").ok());
  harness.Import("spring", Lines("A-", 10));
  harness.AwaitState(v1::CONNECTION_STATE_MISCONFIGURED);
  EXPECT_THAT(harness.status().detail(), HasSubstr("base_url"));
}

TEST_F(CredentialsTest, TokensThatExpireAreRenewedOneAtATime) {
  DeliveryHarness harness(OAuth(false));
  // Each token is good for three requests.
  ASSERT_TRUE(harness.qoyod().SetFaults(R"({"token_lifetime":3})").ok());
  harness.Import("spring", Lines("A-", 600));
  ExpectAllCreated(harness, "spring", 600);
  // Every refusal is followed by one renewal at most.
  EXPECT_LE(TokenRequests(harness), Refusals(harness) + 1);
  EXPECT_GE(TokenRequests(harness), 3);
}

TEST_F(CredentialsTest, ARefusedGrantStopsAnImportUntilTheSecretIsReplaced) {
  Write("secret", "wrong_secret");
  DeliveryHarness harness(OAuth(false));
  harness.Import("spring", Lines("A-", 100));
  harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_THAT(harness.status().detail(), HasSubstr("invalid_client"));
  EXPECT_EQ(TokenRequests(harness), 1);
  Write("secret", kKey);
  ExpectAllCreated(harness, "spring", 100);
  EXPECT_EQ(TokenRequests(harness), 2);
}

TEST_F(CredentialsTest, AFailingTokenEndpointIsWaitedFor) {
  DeliveryHarness harness(OAuth(false));
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"token_fault":{"form":"failed","count":4}})")
                  .ok());
  harness.Import("spring", Lines("A-", 100));
  harness.AwaitState(v1::CONNECTION_STATE_UNREACHABLE);
  EXPECT_THAT(harness.status().detail(), HasSubstr("HTTP 500"));
  ExpectAllCreated(harness, "spring", 100);
  EXPECT_EQ(TokenRequests(harness), 5);
}

TEST_F(CredentialsTest, ARestartGoesOnWithTheRotatedToken) {
  DeliveryHarness harness(OAuth(true));
  harness.qoyod().Admin("POST", "/_admin/add_key",
                        R"({"refresh_token":"first_refresh_token"})");
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(R"({"refresh_token":"rotates","latency_ms":20})")
                  .ok());
  harness.Import("spring", Lines("A-", 600));
  // The process ends as soon as the rotated token is on disk.
  harness.Await("a token on disk", [&] {
    return access(Path("credentials/shop.token").c_str(), F_OK) == 0;
  });
  harness.Stop();
  EXPECT_EQ(TokenRequests(harness), 1);
  // The first refresh token was used up; the chain goes on with the second.
  // What the former process had on its way cannot take the refusal.
  std::ifstream file(Path("credentials/shop.token"));
  const std::string tokens{std::istreambuf_iterator<char>(file), {}};
  const std::string token =
      simulator::Json::Parse(tokens)->TextAt("access_token");
  ASSERT_NE(token, "");
  harness.qoyod().Admin("POST", "/_admin/revoke_key",
                        absl::StrCat(R"({"token":")", token, R"("})"));
  harness.Start();
  ExpectAllCreated(harness, "spring", 600);
  EXPECT_EQ(TokenRequests(harness), 2);
  EXPECT_EQ(harness.status().state(), v1::CONNECTION_STATE_ACTIVE);
}

TEST_F(CredentialsTest, ALostRotationNeedsANewRefreshToken) {
  DeliveryHarness harness(OAuth(true));
  harness.qoyod().Admin("POST", "/_admin/add_key",
                        R"({"refresh_token":"first_refresh_token"})");
  ASSERT_TRUE(
      harness.qoyod()
          .SetFaults(
              R"({"refresh_token":"rotates","token_fault":{"form":"lost","count":1}})")
          .ok());
  harness.Import("spring", Lines("A-", 100));
  harness.AwaitState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_THAT(harness.status().detail(), HasSubstr("invalid_grant"));
  harness.qoyod().Admin("POST", "/_admin/add_key",
                        R"({"refresh_token":"second_refresh_token"})");
  Write("refresh", "second_refresh_token");
  ExpectAllCreated(harness, "spring", 100);
}

}  // namespace
}  // namespace qantara::server
