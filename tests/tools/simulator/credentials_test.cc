// Keys, tokens and companies (fixtures F01 to F06).
#include <string>

#include "gtest/gtest.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

class CredentialsTest : public SimulatorFixture {
 protected:
  void SetUp() override {
    SimulatorOptions options;
    options.companies = {{"a", "key-a", "token-a"}, {"b", "key-b", ""}};
    StartWith(options);
  }

  int Status(absl::string_view credential) {
    return Call("GET", "/2.0/taxes", "", credential).status;
  }

  // The body of a token answer.
  Json Token(absl::string_view form, int status = 200) {
    const RawAnswer answer = Call("POST", "/oauth/token", form, "X-Form: 1");
    EXPECT_EQ(answer.status, status) << answer.body;
    return Json::Parse(answer.body).value_or(Json());
  }
};

TEST_F(CredentialsTest, ThreeFormsAreAccepted) {
  EXPECT_EQ(Status("API-KEY: key-a"), 200);
  EXPECT_EQ(Status("api-key: key-a"), 200);
  EXPECT_EQ(Status("Authorization: Bearer token-a"), 200);
  EXPECT_EQ(Status("Authorization: key-a"), 200);
  EXPECT_EQ(Status("Authorization: Bearer key-a"), 401);
  EXPECT_EQ(Status("API-KEY: wrong"), 401);
  EXPECT_EQ(Status(""), 401);
  EXPECT_EQ(Status("API-KEY: key-a\r\nAuthorization: key-b"), 401);
}

TEST_F(CredentialsTest, RawAuthorizationCanBeRefused) {
  simulator_.SetFaults(R"({"refuse_raw_authorization":true})").IgnoreError();
  EXPECT_EQ(Status("Authorization: key-a"), 401);
  EXPECT_EQ(Status("API-KEY: key-a"), 200);
}

TEST_F(CredentialsTest, UnauthorizedHasThreeBodies) {
  EXPECT_EQ(Call("GET", "/2.0/taxes", "", "").body,
            R"({"error":"Unauthorized - Invalid API key"})");
  Set(R"({"unauthorized_form":"empty"})");
  EXPECT_EQ(Call("GET", "/2.0/taxes", "", "").body, "");
  Set(R"({"unauthorized_form":"text","unauthorized":{"methods":["PUT"]}})");
  EXPECT_EQ(Call("PUT", "/2.0/products/1", "{}", "API-KEY: key-a").body,
            "Unauthorized");
}

TEST_F(CredentialsTest, RevokedKeyStopsWorking) {
  AdminPost("/_admin/revoke_key", R"({"key":"key-a"})");
  EXPECT_EQ(Status("API-KEY: key-a"), 401);
  AdminPost("/_admin/add_key", R"({"key":"key-2","company":"a"})");
  EXPECT_EQ(Status("API-KEY: key-2"), 200);
  AdminPost("/_admin/revoke_key", R"({"token":"token-a"})");
  EXPECT_EQ(Status("Authorization: Bearer token-a"), 401);
}

TEST_F(CredentialsTest, WritesCanBeForbidden) {
  Set(R"({"forbidden":{"methods":["POST"]}})");
  EXPECT_EQ(
      Call("POST", "/2.0/products", Batch({"A"}), "API-KEY: key-a").status,
      403);
  EXPECT_EQ(Status("API-KEY: key-a"), 200);
  EXPECT_EQ(simulator_.ProductCount(), 0);
}

TEST_F(CredentialsTest, CompaniesShareIdsButNotProducts) {
  Call("POST", "/2.0/products", Batch({"A"}), "API-KEY: key-a");
  Call("POST", "/2.0/products", Batch({"B"}), "API-KEY: key-b");
  EXPECT_EQ(
      Field(Call("GET", "/2.0/products/1087", "", "API-KEY: key-a"), "sku"),
      "\"A\"");
  EXPECT_EQ(
      Field(Call("GET", "/2.0/products/1087", "", "API-KEY: key-b"), "sku"),
      "\"B\"");
}

TEST_F(CredentialsTest, TokenExpiresAndTheEndpointGivesANewOne) {
  Set(R"({"token_lifetime":2})");
  const std::string old = "Authorization: Bearer token-a";
  EXPECT_EQ(Status(old), 200);
  EXPECT_EQ(Status(old), 200);
  EXPECT_EQ(Status(old), 401);
  const Json token =
      Token(R"({"grant_type":"client_credentials","client_id":"a",)"
            R"("client_secret":"key-a"})");
  EXPECT_EQ(Status("Authorization: Bearer " + token.TextAt("access_token")),
            200);
}

TEST_F(CredentialsTest, RefreshTokensAreKeptRotatedOrRevoked) {
  const std::string client = R"("client_id":"a","client_secret":"key-a"})";
  const auto refresh = [&](const std::string& token, int status) {
    return Token(R"({"grant_type":"refresh_token","refresh_token":")" + token +
                     "\"," + client,
                 status);
  };
  const std::string first =
      Token(R"({"grant_type":"client_credentials",)" + client)
          .TextAt("refresh_token");
  EXPECT_EQ(refresh(first, 200).TextAt("refresh_token"), first);
  Set(R"({"refresh_token":"rotates"})");
  const std::string second = refresh(first, 200).TextAt("refresh_token");
  EXPECT_NE(second, first);
  // The second of two parallel refreshes comes with a token that is used up.
  EXPECT_EQ(refresh(first, 400).TextAt("error"), "invalid_grant");
  Set(R"({"refresh_token":"revoked"})");
  EXPECT_EQ(refresh(second, 400).TextAt("error"), "invalid_grant");
}

TEST_F(CredentialsTest, AccessTokensLiveAsLongAsTheyAreSaidTo) {
  Set(R"({"token_expires_in":0})");
  const Json token =
      Token(R"({"grant_type":"client_credentials","client_id":"a",)"
            R"("client_secret":"key-a"})");
  EXPECT_EQ(token.Find("expires_in")->AsInteger().value_or(-1), 0);
  EXPECT_EQ(Status("Authorization: Bearer " + token.TextAt("access_token")),
            401);
}

TEST_F(CredentialsTest, TheClientMayUseHttpBasic) {
  // a:key-a
  const RawAnswer answer =
      Call("POST", "/oauth/token", R"({"grant_type":"client_credentials"})",
           "Authorization: Basic YTprZXktYQ==");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(simulator_.RequestCount("POST", "/oauth/token"), 1);
}

TEST_F(CredentialsTest, TheTokenEndpointMisbehavesOnDemand) {
  const std::string client = R"({"client_id":"a","client_secret":"key-a",)";
  const std::string form = client + R"("grant_type":"client_credentials"})";
  Set(R"({"token_fault":"refused"})");
  EXPECT_EQ(Token(form, 400).TextAt("error"), "invalid_grant");
  Set(R"({"token_fault":"failed"})");
  Token(form, 500);
  Set(R"({"token_fault":"echo"})");
  EXPECT_EQ(Token(form, 400).TextAt("error"), form);
  Set(R"({"token_fault":"html"})");
  Token(form);
  AdminPost("/_admin/add_key", R"({"refresh_token":"r1","company":"a"})");
  Set(R"({"token_fault":"lost","refresh_token":"rotates"})");
  const std::string refresh =
      client + R"("grant_type":"refresh_token","refresh_token":"r1"})";
  Call("POST", "/oauth/token", refresh, "X-Form: 1");
  Set(R"({"token_fault":false})");
  // It was used up by the answer that was lost.
  EXPECT_EQ(Token(refresh, 400).TextAt("error"), "invalid_grant");
}

TEST_F(CredentialsTest, TokenEndpointRefusesStrangers) {
  EXPECT_EQ(Token(R"({"grant_type":"client_credentials","client_id":"a"})", 401)
                .TextAt("error"),
            "invalid_client");
  EXPECT_EQ(Token("{", 401).TextAt("error"), "invalid_client");
  EXPECT_EQ(Token(R"({"grant_type":"magic","client_id":"a",)"
                  R"("client_secret":"key-a"})",
                  400)
                .TextAt("error"),
            "unsupported_grant_type");
  const std::string code =
      R"({"grant_type":"authorization_code","code":"c","client_id":"a",)"
      R"("client_secret":"key-a"})";
  Token(code);
  EXPECT_EQ(Token(code, 400).TextAt("error"), "invalid_grant");
}

}  // namespace
}  // namespace qantara::simulator
