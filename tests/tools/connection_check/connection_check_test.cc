#include "tools/connection_check/connection_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/adapters/support/simulated_qoyod.h"

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
    return CheckConnection(settings, qoyod_.gateway(), out_);
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
            "  taxes       3\n");
  EXPECT_EQ(qoyod_.CountWrites(), 0);
}

TEST_F(ConnectionCheckTest, AnEmptyCompanyIsAllWell) {
  EXPECT_EQ(Check(), CheckResult::kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("categories  8"));
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

}  // namespace
}  // namespace qantara::tools
