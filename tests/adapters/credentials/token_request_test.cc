#include "adapters/credentials/token_request.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using Kind = TokenAnswer::Kind;
using ::testing::HasSubstr;
using ::testing::Not;

const GrantSecrets kClient = {"id 1", "s&1", ""};

TokenAnswer Read(int status, const std::string& body,
                 std::vector<HttpHeader> headers = {}) {
  return ReadTokenAnswer(
      {HttpFate::kAnswered, status, std::move(headers), body, ""},
      absl::UnixEpoch());
}

TEST(TokenRequestTest, TheClientShowsItsSecretInTheBody) {
  const HttpRequest request =
      NewTokenRequest({"https://t/token", {{"scope", "a b"}}}, kClient);
  EXPECT_EQ(request.method, HttpMethod::kPost);
  EXPECT_EQ(request.url, "https://t/token");
  EXPECT_EQ(request.body,
            "grant_type=client_credentials&client_id=id%201&"
            "client_secret=s%261&scope=a%20b");
  EXPECT_FALSE(FindHeader(request.headers, "Authorization").has_value());
}

TEST(TokenRequestTest, OrInTheHeader) {
  TokenEndpoint endpoint;
  endpoint.basic = true;
  const HttpRequest request = NewTokenRequest(endpoint, kClient);
  // id%201:s%261
  EXPECT_EQ(FindHeader(request.headers, "Authorization"),
            "Basic aWQlMjAxOnMlMjYx");
  EXPECT_EQ(request.body, "grant_type=client_credentials");
}

TEST(TokenRequestTest, ARefreshTokenIsAGrantOfItsOwn) {
  const HttpRequest request = NewTokenRequest({}, {"i", "s", "r1"});
  EXPECT_EQ(request.body,
            "grant_type=refresh_token&refresh_token=r1&client_id=i&"
            "client_secret=s");
}

TEST(TokenAnswerTest, TokensAreTakenWithTheirLifetime) {
  const TokenAnswer answer = Read(
      200, R"({"access_token":"a","token_type":"bearer","expires_in":3600,)"
           R"("refresh_token":"r"})");
  EXPECT_EQ(answer.kind, Kind::kGranted);
  EXPECT_EQ(answer.access_token, "a");
  EXPECT_EQ(answer.refresh_token, "r");
  EXPECT_EQ(answer.lifetime, absl::Hours(1));
}

TEST(TokenAnswerTest, ALifetimeThatIsNoneIsNotTold) {
  for (const char* lifetime : {"0", "-5", "\"soon\"", "null", "0.2"}) {
    const TokenAnswer answer = Read(
        200,
        absl::StrCat(R"({"access_token":"a","expires_in":)", lifetime, "}"));
    EXPECT_EQ(answer.kind, Kind::kGranted) << lifetime;
    EXPECT_FALSE(answer.lifetime.has_value()) << lifetime;
  }
  EXPECT_EQ(Read(200, R"({"access_token":"a","expires_in":1e300})").lifetime,
            absl::Hours(366 * 24));
}

TEST(TokenAnswerTest, WhatIsNoTokenIsNotTaken) {
  for (const char* body :
       {"", "<html>", "[]", "{}", R"({"access_token":""})",
        R"({"access_token":"a\r\nX: y"})", R"({"access_token":"a b"})",
        R"({"access_token":"a","token_type":"mac"})",
        R"({"access_token":"a","refresh_token":"r\n"})",
        R"({"error":"invalid_grant"})"}) {
    EXPECT_EQ(Read(200, body).kind, Kind::kFailed) << body;
  }
}

TEST(TokenAnswerTest, ARefusedGrantIsToldByItsCodeOnly) {
  const TokenAnswer answer = Read(
      400, R"({"error":"invalid_grant","error_description":"not s3cret"})");
  EXPECT_EQ(answer.kind, Kind::kRefused);
  EXPECT_THAT(answer.detail, HasSubstr("HTTP 400 (invalid_grant)"));
  EXPECT_THAT(answer.detail, Not(HasSubstr("s3cret")));
  const TokenAnswer echo = Read(401, R"({"error":"s3cret"})");
  EXPECT_EQ(echo.kind, Kind::kRefused);
  EXPECT_THAT(echo.detail, Not(HasSubstr("s3cret")));
}

TEST(TokenAnswerTest, FailuresOfTheEndpointPass) {
  for (const int status : {204, 408, 429, 500, 502, 503}) {
    EXPECT_EQ(Read(status, "").kind, Kind::kFailed) << status;
  }
  for (const int status : {301, 400, 401, 403, 404}) {
    EXPECT_EQ(Read(status, "").kind, Kind::kRefused) << status;
  }
  EXPECT_EQ(Read(429, "", {{"Retry-After", "7"}}).retry_after,
            absl::Seconds(7));
  EXPECT_EQ(ReadTokenAnswer({HttpFate::kMaybeSent, 0, {}, "", "timed out"},
                            absl::UnixEpoch())
                .kind,
            Kind::kFailed);
}

}  // namespace
}  // namespace qantara::adapters
