// The provider applies a request and its answer never comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/process/support/catalog.h"
#include "tests/process/support/temporary_directory.h"
#include "tools/crash/import_trial.h"

namespace qantara::tools {
namespace {

using ::testing::IsEmpty;

constexpr int kRows = 500;

TEST(LostAnswersTest, NothingIsSentAgainBeforeItWasReadBack) {
  const process::TemporaryDirectory directory;
  TrialOptions options;
  options.file = directory.Write("catalog.csv",
                                 process::ToCsv(process::SampleRows(kRows)));
  options.lost_answers = 0.4;
  ImportTrial trial(options);

  const TrialFigures figures = trial.Import();
  PrintFigures(figures, std::cout);
  EXPECT_THAT(figures.problems, IsEmpty());
  EXPECT_EQ(figures.created, kRows);
  EXPECT_GT(figures.answers_lost, 0);

  EXPECT_THAT(trial.ImportAgain().problems, IsEmpty());
}

}  // namespace
}  // namespace qantara::tools
