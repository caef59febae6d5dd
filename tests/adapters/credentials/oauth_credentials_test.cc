// Renewal of access tokens, over a transport whose answers the test decides.
#include "adapters/credentials/oauth_credentials.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/adapters/support/fake_clock.h"
#include "tests/adapters/support/fake_transport.h"

namespace qantara::adapters {
namespace {

using State = CredentialStatus::State;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kIdVariable[] = "QANTARA_OAUTH_CREDENTIALS_TEST_ID";
constexpr int64_t kMinute = 60'000;

class OAuthCredentialsTest : public ::testing::Test {
 protected:
  OAuthCredentialsTest() {
    std::string pattern = ::testing::TempDir() + "/oauth.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    setenv(kIdVariable, "id1", 1);
    Write("secret", "s3cret-1");
    Write("refresh", "r0");
    Grant("a1");
  }

  std::string Path(const std::string& name) const {
    return folder_ + "/" + name;
  }
  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(Path(name), std::ios::trunc) << content;
  }

  void Grant(const std::string& access, const std::string& refresh = "",
             int64_t seconds = 3600) {
    transport_.AnswerWith(
        200,
        absl::StrCat(R"({"access_token":")", access, R"(","refresh_token":")",
                     refresh, R"(","expires_in":)", seconds, "}"));
  }
  void Refuse() { transport_.AnswerWith(400, R"({"error":"invalid_grant"})"); }

  // As a new process does.
  void Start(bool refresh) {
    credentials_.reset();
    OAuthOptions options;
    options.endpoint.url = "https://t/token";
    options.client_id = {SecretPlace::Kind::kEnvironment, kIdVariable};
    options.client_secret = {SecretPlace::Kind::kFile, Path("secret")};
    if (refresh) {
      options.refresh_token = {SecretPlace::Kind::kFile, Path("refresh")};
    }
    options.token_path = Path("credentials/shop.token");
    credentials_ =
        std::make_unique<OAuthCredentials>(options, clock_, transport_);
  }

  State Check() { return credentials_->Check().state; }
  std::string Token() {
    const auto credential = credentials_->Current();
    return credential.ok() ? credential->secret : "";
  }
  void RefuseToken() { credentials_->Refused(*credentials_->Current()); }
  size_t Asked() const { return transport_.requests.size(); }

  std::string folder_;
  FakeClock clock_;
  FakeTransport transport_;
  std::unique_ptr<OAuthCredentials> credentials_;
};

TEST_F(OAuthCredentialsTest, ATokenIsAskedForOnceAndUsedUntilItIsOld) {
  Start(false);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(credentials_->Current()->header_value, "Bearer a1");
  clock_.Advance(58 * kMinute);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Asked(), 1u);
  Grant("a2");
  clock_.Advance(kMinute + 1000);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a2");
  EXPECT_EQ(Asked(), 2u);
}

TEST_F(OAuthCredentialsTest, TheOldTokenServesWhileTheNextIsAskedFor) {
  Start(false);
  Check();
  transport_.withhold_answers = true;
  clock_.Advance(59 * kMinute + 1000);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a1");
  clock_.Advance(kMinute);
  EXPECT_EQ(Check(), State::kRenewing);
  EXPECT_EQ(Token(), "");
  EXPECT_EQ(Asked(), 2u);
}

TEST_F(OAuthCredentialsTest, OneRenewalAtATimeServesAll) {
  Start(false);
  transport_.withhold_answers = true;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Check(), State::kRenewing);
  EXPECT_EQ(Asked(), 1u);
  transport_.kept[0](transport_.answer);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a1");
}

TEST_F(OAuthCredentialsTest, ThreadsAskTogetherOnlyOnce) {
  Start(false);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int tries = 0; tries < 200; ++tries) Check();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Asked(), 1u);
  EXPECT_EQ(Token(), "a1");
}

TEST_F(OAuthCredentialsTest, ARefusedTokenIsRenewedOnce) {
  Start(false);
  Check();
  const Credential old = *credentials_->Current();
  Grant("a2");
  // Four requests were on their way.
  for (int i = 0; i < 4; ++i) credentials_->Refused(old);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a2");
  credentials_->Refused(old);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Asked(), 2u);
}

TEST_F(OAuthCredentialsTest, TwoRefusedTokensInARowNeedSomebody) {
  Start(false);
  Check();
  RefuseToken();
  Check();
  RefuseToken();
  EXPECT_EQ(Check(), State::kNeeded);
  for (int i = 0; i < 50; ++i) Check();
  EXPECT_EQ(Asked(), 2u);
  // Tried again slowly.
  clock_.Advance(kMinute);
  EXPECT_EQ(Check(), State::kUsable);
  RefuseToken();
  EXPECT_EQ(Check(), State::kNeeded);
  clock_.Advance(9 * kMinute);
  EXPECT_EQ(Check(), State::kNeeded);
  EXPECT_EQ(Asked(), 3u);
}

TEST_F(OAuthCredentialsTest, ATokenThatWasTakenMayBeRefusedLater) {
  Start(false);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Check(), State::kUsable);
    credentials_->Accepted(*credentials_->Current());
    RefuseToken();
  }
  EXPECT_EQ(Check(), State::kUsable);
}

TEST_F(OAuthCredentialsTest, TokensThatLiveShortAreRenewedAtGrowingPauses) {
  Start(false);
  // Taken for one request and refused for the next, for an hour.
  for (int i = 0; i < 3600; ++i) {
    if (Check() == State::kUsable) {
      credentials_->Accepted(*credentials_->Current());
      RefuseToken();
    }
    clock_.Advance(1000);
  }
  EXPECT_GE(Asked(), 20u);
  EXPECT_LE(Asked(), 8u + 7u + 60u);
}

TEST_F(OAuthCredentialsTest, ARefusedGrantWaitsForAnotherSecret) {
  Refuse();
  Start(false);
  EXPECT_EQ(Check(), State::kNeeded);
  EXPECT_THAT(credentials_->Check().detail, HasSubstr("invalid_grant"));
  EXPECT_THAT(credentials_->Check().detail, Not(HasSubstr("s3cret")));
  for (int i = 0; i < 50; ++i) Check();
  EXPECT_EQ(Asked(), 1u);
  Grant("a1");
  Write("secret", "s3cret-2");
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_THAT(transport_.requests[1].body, HasSubstr("s3cret-2"));
}

TEST_F(OAuthCredentialsTest, AMissingSecretIsNamed) {
  unlink(Path("secret").c_str());
  Start(false);
  EXPECT_EQ(Check(), State::kNeeded);
  EXPECT_THAT(credentials_->Check().detail, HasSubstr(Path("secret")));
  Write("secret", "s3cret-1");
  EXPECT_EQ(Check(), State::kUsable);
}

TEST_F(OAuthCredentialsTest, AFailingEndpointIsAskedAgainAtGrowingPauses) {
  transport_.AnswerWith(500, "");
  Start(false);
  EXPECT_EQ(Check(), State::kFailing);
  size_t asked = Asked();
  EXPECT_EQ(asked, 1u);
  for (int i = 0; i < 100; ++i) {
    clock_.Advance(1000);
    EXPECT_EQ(Check(), State::kFailing);
  }
  EXPECT_GE(Asked(), 4u);
  EXPECT_LE(Asked(), 10u);
  Grant("a1");
  clock_.Advance(kMinute);
  EXPECT_EQ(Check(), State::kUsable);
}

TEST_F(OAuthCredentialsTest, ARotatedTokenIsUsedByTheNextProcess) {
  Grant("a1", "r1");
  Start(true);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_THAT(transport_.requests[0].body, HasSubstr("refresh_token=r0&"));
  // The access token is still good.
  Start(true);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a1");
  EXPECT_EQ(Asked(), 1u);
  // Now it is not.
  clock_.Advance(61 * kMinute);
  Grant("a2", "r2");
  Start(true);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_THAT(transport_.requests[1].body, HasSubstr("refresh_token=r1&"));
}

TEST_F(OAuthCredentialsTest, AnEndpointThatDoesNotRotateKeepsTheToken) {
  Start(true);
  Check();
  clock_.Advance(61 * kMinute);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_THAT(transport_.requests[1].body, HasSubstr("refresh_token=r0&"));
}

TEST_F(OAuthCredentialsTest, ATokenThatIsNotOnDiskIsNotUsed) {
  Grant("a1", "r1");
  Start(true);
  ASSERT_EQ(mkdir(Path("credentials").c_str(), 0700), 0);
  ASSERT_EQ(mkdir(Path("credentials/shop.token.new").c_str(), 0700), 0);
  EXPECT_EQ(Check(), State::kFailing);
  EXPECT_EQ(Token(), "");
  clock_.Advance(kMinute);
  EXPECT_EQ(Check(), State::kFailing);
  ASSERT_EQ(rmdir(Path("credentials/shop.token.new").c_str()), 0);
  clock_.Advance(kMinute);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a1");
  EXPECT_EQ(Asked(), 1u);
}

TEST_F(OAuthCredentialsTest, AReplacedRefreshTokenCountsFromThenOn) {
  Grant("a1", "r1");
  Start(true);
  Check();
  // Lost with the process that had it: r1 was used up.
  clock_.Advance(61 * kMinute);
  Refuse();
  Start(true);
  EXPECT_EQ(Check(), State::kNeeded);
  Grant("a9", "r9");
  Write("refresh", "r8");
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_THAT(transport_.requests[2].body, HasSubstr("refresh_token=r8&"));
  Start(true);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a9");
}

TEST_F(OAuthCredentialsTest, AReplacedSecretIsUsedWhileTheTokenIsGood) {
  Start(false);
  Check();
  Grant("a2");
  Write("secret", "s3cret-2");
  clock_.Advance(1000);
  EXPECT_EQ(Check(), State::kUsable);
  EXPECT_EQ(Token(), "a2");
}

TEST_F(OAuthCredentialsTest, ALateAnswerFindsNobody) {
  transport_.withhold_answers = true;
  Start(false);
  Check();
  credentials_.reset();
  transport_.kept[0](transport_.answer);
}

}  // namespace
}  // namespace qantara::adapters
