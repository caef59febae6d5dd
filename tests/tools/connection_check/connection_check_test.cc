#include "tools/connection_check/connection_check.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_replace.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "server/new_gateway.h"
#include "tests/adapters/support/simulated_qoyod.h"
#include "tools/simulator/qoyod_simulator.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ConnectionCheckTest : public ::testing::Test {
 protected:
  CheckResult Check() {
    server::ConnectionSettings settings;
    settings.id = "riyadh-store";
    settings.qoyod.base_url = "http://shop.example/2.0";
    return CheckConnection(settings, qoyod_.gateway(), qoyod_.clock(), out_);
  }

  adapters::SimulatedQoyod qoyod_;
  std::ostringstream out_;
};

TEST_F(ConnectionCheckTest, TellsWhatTheCompanyHoldsAndWritesNothing) {
  qoyod_.AddRecord("A");
  qoyod_.AddRecord("B");
  EXPECT_EQ(Check(), CheckResult::kAllWell);
  EXPECT_EQ(out_.str(),
            "connection riyadh-store at http://shop.example/2.0\n"
            "  products    2\n"
            "  categories  8\n"
            "  taxes       3\n"
            "  locations   3\n"
            "  filters     sku honoured, id_above honoured, category "
            "honoured\n");
  EXPECT_EQ(qoyod_.CountWrites(), 0);
}

TEST_F(ConnectionCheckTest, AnEmptyCompanyIsAllWell) {
  EXPECT_EQ(Check(), CheckResult::kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("categories  8"));
}

TEST_F(ConnectionCheckTest, IgnoredFiltersAreTold) {
  qoyod_.AddRecord("A");
  qoyod_.IgnoreFilters();
  EXPECT_EQ(Check(), CheckResult::kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("sku ignored, id_above ignored"));
}

TEST_F(ConnectionCheckTest, ARefusedCredentialEndsTheCheck) {
  qoyod_.RefuseCredential();
  EXPECT_EQ(Check(), CheckResult::kCredentialsNeeded);
  EXPECT_THAT(out_.str(), HasSubstr("HTTP 401"));
  EXPECT_THAT(out_.str(), HasSubstr("[CREDENTIALS_NEEDED]"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("categories")));
}

TEST_F(ConnectionCheckTest, AProviderThatIsAwayIsAProblem) {
  qoyod_.StopListening();
  EXPECT_EQ(Check(), CheckResult::kProblems);
  EXPECT_THAT(out_.str(), HasSubstr("no answer"));
}

TEST_F(ConnectionCheckTest, OneListingThatFailsIsAProblem) {
  qoyod_.SetFaults(R"({"status_5xx":{"status":500,"path":"/taxes"}})");
  EXPECT_EQ(Check(), CheckResult::kProblems);
  EXPECT_THAT(out_.str(), HasSubstr("categories  8"));
  EXPECT_THAT(out_.str(), HasSubstr("taxes       HTTP 500"));
}

// A connection by OAuth, as its configuration says it.
class OAuthCheckTest : public ::testing::Test {
 protected:
  OAuthCheckTest() {
    std::string pattern = ::testing::TempDir() + "/check.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    setenv(kIdVariable, "main", 1);
    Write("secret", "qyd_test_key");
    EXPECT_TRUE(qoyod_.Start({}).ok());
  }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ + "/" + name, std::ios::trunc) << content;
  }

  // The transport's thread may still hold the last callback, and with it the
  // tokens that a check had locked.
  void AwaitRelease() const {
    const std::string name = folder_ + "/credentials/shop.token.lock";
    const int lock = open(name.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(lock, 0) << name;
    EXPECT_EQ(flock(lock, LOCK_EX), 0);
    close(lock);
  }

  CheckResult Check(const std::string& refresh_token_file = "") {
    server::ConnectionSettings settings;
    settings.id = "shop";
    settings.qoyod.base_url = qoyod_.base_url();
    settings.qoyod.credential.kind = server::CredentialSource::Kind::kOAuth;
    settings.qoyod.oauth = {
        absl::StrReplaceAll(qoyod_.base_url(), {{"/2.0", "/oauth/token"}}),
        kIdVariable,
        folder_ + "/secret",
        refresh_token_file,
        {},
        false};
    const auto access =
        server::NewGatewayFactory(clock_, transport_, folder_)(settings);
    const CheckResult usable =
        AwaitCredential(settings, *access.credentials, out_);
    if (usable != CheckResult::kAllWell) return usable;
    return CheckConnection(settings, *access.gateway, clock_, out_);
  }

  static constexpr char kIdVariable[] = "QANTARA_CONNECTION_CHECK_TEST_ID";
  std::string folder_;
  simulator::QoyodSimulator qoyod_;
  const adapters::SystemClock clock_;
  adapters::CurlTransport transport_{clock_};
  std::ostringstream out_;
};

TEST_F(OAuthCheckTest, AsksForATokenFirst) {
  EXPECT_EQ(Check(), CheckResult::kAllWell) << out_.str();
  EXPECT_THAT(out_.str(), HasSubstr("taxes       3"));
  EXPECT_EQ(qoyod_.RequestCount("POST", "/oauth/token"), 1);
}

TEST_F(OAuthCheckTest, ARefusedGrantIsTold) {
  Write("secret", "wrong_secret");
  EXPECT_EQ(Check(), CheckResult::kCredentialsNeeded);
  EXPECT_THAT(out_.str(), HasSubstr("HTTP 401 (invalid_client)"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("wrong_secret")));
  EXPECT_EQ(qoyod_.RequestCount("GET", "/products"), 0);
}

TEST_F(OAuthCheckTest, ATokenEndpointThatFailsIsAProblem) {
  ASSERT_TRUE(qoyod_.SetFaults(R"({"token_fault":"failed"})").ok());
  EXPECT_EQ(Check(), CheckResult::kProblems);
  EXPECT_THAT(out_.str(), HasSubstr("HTTP 500"));
}

TEST_F(OAuthCheckTest, ARotatedTokenIsKeptForTheServer) {
  ASSERT_TRUE(qoyod_.SetFaults(R"({"refresh_token":"rotates"})").ok());
  qoyod_.Admin("POST", "/_admin/add_key", R"({"refresh_token":"first_one"})");
  Write("refresh", "first_one");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Check(folder_ + "/refresh"), CheckResult::kAllWell) << out_.str();
    AwaitRelease();
  }
  EXPECT_EQ(qoyod_.RequestCount("POST", "/oauth/token"), 1);
}

}  // namespace
}  // namespace qantara::tools
