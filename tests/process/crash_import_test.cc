// The server is killed while it imports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/process/support/catalog.h"
#include "tests/process/support/temporary_directory.h"
#include "tools/crash/import_trial.h"

namespace qantara::tools {
namespace {

using ::testing::IsEmpty;

constexpr int kRows = 600;

TEST(CrashImportTest, EachProductIsCreatedOnceThroughThreeKills) {
  const process::TemporaryDirectory directory;
  TrialOptions options;
  options.file = directory.Write("catalog.csv",
                                 process::ToCsv(process::SampleRows(kRows)));
  options.stage.simulator_flags = {"--latency_ms", "200"};
  options.stage.requests_per_minute = 300;
  options.kills = 3;
  ImportTrial trial(options);

  const TrialFigures figures = trial.Import();
  PrintFigures(figures, std::cout);
  EXPECT_THAT(figures.problems, IsEmpty());
  EXPECT_EQ(figures.lines, kRows);
  EXPECT_EQ(figures.created, kRows);
  EXPECT_GT(figures.kills_with_open_request, 0);

  EXPECT_THAT(trial.ImportAgain().problems, IsEmpty());
}

}  // namespace
}  // namespace qantara::tools
