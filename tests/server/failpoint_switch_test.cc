#include "server/failpoint_switch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "domain/ports/failpoints.h"

namespace qantara::server {
namespace {

using domain::Failpoint;
using ::testing::HasSubstr;
using ::testing::KilledBySignal;

TEST(FailpointSwitch, NothingIsArmedByItself) {
  EXPECT_FALSE(domain::FailpointsArmed());
  EXPECT_TRUE(ArmFailpoints({}).ok());
  EXPECT_FALSE(domain::FailpointsArmed());
  domain::Reach(Failpoint::kLogAppend);
}

TEST(FailpointSwitch, RefusesWhatItDoesNotKnow) {
  for (const char* kill_at : {"nowhere", "log_append@0", "log_append@x",
                              "log_append@", "log_append@-1", "@1"}) {
    EXPECT_EQ(ArmFailpoints({kill_at, ""}).code(),
              absl::StatusCode::kInvalidArgument)
        << kill_at;
    EXPECT_FALSE(domain::FailpointsArmed());
  }
  EXPECT_EQ(ArmFailpoints({"", "/nowhere/trace"}).code(),
            absl::StatusCode::kUnavailable);
}

TEST(FailpointSwitchDeathTest, KillsAtTheGivenPass) {
  EXPECT_EXIT(
      {
        ArmFailpoints({"log_append@2", ""}).IgnoreError();
        domain::Reach(Failpoint::kLogAppend);
        domain::Reach(Failpoint::kLogSynced);
        domain::Reach(Failpoint::kLogAppend);
      },
      KilledBySignal(SIGKILL), "");
}

TEST(FailpointSwitch, ListsEveryNameWithItsMeaning) {
  const std::string list = FailpointList();
  for (const domain::FailpointInfo& info : domain::kFailpoints) {
    EXPECT_THAT(list,
                HasSubstr(absl::StrCat(info.name, "\t", info.meaning, "\n")));
  }
}

}  // namespace
}  // namespace qantara::server
