// Every failpoint of delivery is passed where its name says, and a server that
// dies at one loses and invents nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tools/crash/crash_world.h"

namespace qantara::tools {
namespace {

using ::testing::IsEmpty;

TEST(FailpointsTest, EachIsPassedOnThePathOfDelivery) {
  CrashWorld world({});
  const std::vector<std::string> trace = world.Trace();
  EXPECT_THAT(world.problems(), IsEmpty());
  const std::vector<std::string> all = FailpointsOfDelivery();
  EXPECT_EQ(std::set<std::string>(trace.begin(), trace.end()),
            std::set<std::string>(all.begin(), all.end()));
}

// A short form of tools/crash_matrix.
TEST(FailpointsTest, ServerThatDiesAtAnyOfThemDeliversOnce) {
  CrashWorld world({});
  world.KillWhileSending();
  for (const char* failpoint :
       {"interrupted_record", "open_looked", "create_intended", "log_written",
        "request_left", "create_answered", "marker_replace", "settle_record",
        "tables_apply", "update_intended", "catch_up_apply", "split_send",
        "writer_answer", "settle_update_answered"}) {
    EXPECT_NE(world.KillAt(failpoint, 1), CrashWorld::Fate::kWrong)
        << failpoint;
  }
  world.Finish();
  EXPECT_THAT(world.problems(), IsEmpty());
}

}  // namespace
}  // namespace qantara::tools
