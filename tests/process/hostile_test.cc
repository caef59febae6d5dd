// Everything at once, in short: a provider that misbehaves in every way, and
// SIGKILLs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/hostile/hostile_report.h"
#include "tools/hostile/hostile_run.h"

namespace qantara::tools {
namespace {

using ::testing::IsEmpty;

TEST(HostileTest, EverythingComesOutRightThroughFaultsAndKills) {
  HostileOptions options;
  options.creates = 300;
  options.updates = 60;
  options.imports = 3;
  options.create_callers = 2;
  options.kill_after_min = absl::Seconds(2);
  options.kill_after_max = absl::Seconds(6);
  options.limit = absl::Minutes(4);
  HostileRun run(options);
  run.Play();

  const HostileReport report = MakeReport(run);
  PrintReport(report, std::cout);
  for (const HostileCheck& check : report.checks) {
    EXPECT_TRUE(check.passed) << check.name;
    EXPECT_THAT(check.problems, IsEmpty()) << check.name;
  }
  EXPECT_GT(run.kills(), 1);
}

}  // namespace
}  // namespace qantara::tools
