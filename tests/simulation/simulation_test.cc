// Single schedules; tests/simulation/many_schedules_test.cc runs them all.
#include "tests/simulation/simulation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace qantara::simulation {
namespace {

using ::testing::IsEmpty;

// A planted bug must be found within so many.
constexpr uint64_t kEnough = 1000;

// What went wrong in a schedule, and how to see it.
std::string Describe(uint64_t number, const SimulationResult& result) {
  return absl::StrCat(
      "schedule ", number, ": ", absl::StrJoin(result.violations, "\n"),
      "\nagain: tools/simulate --first ", number, " --schedules 1 --trace");
}

// The first schedule in which the mistake shows; 0: none of `kEnough`.
uint64_t FirstFinding(PlantedBug bug) {
  for (uint64_t number = 1; number < kEnough; ++number) {
    if (!Simulate(number, {.bug = bug}).violations.empty()) return number;
  }
  return 0;
}

// Each of these numbers has shown a mistake that was mended.
TEST(SimulationTest, SchedulesThatShowedMistakesBreakNoRule) {
  for (const uint64_t number :
       {22, 40, 51, 73, 108, 157, 222, 237, 281, 893, 982, 1251, 2615, 3555,
        3783, 8548, 9187, 95919}) {
    const SimulationResult result = Simulate(number);
    EXPECT_THAT(result.violations, IsEmpty()) << Describe(number, result);
  }
}

TEST(SimulationTest, AScheduleIsAFunctionOfItsNumber) {
  for (uint64_t number = 1; number <= 20; ++number) {
    const SimulationResult first = Simulate(number);
    const SimulationResult second = Simulate(number);
    EXPECT_EQ(first.duration, second.duration) << number;
    EXPECT_EQ(first.events, second.events) << number;
    EXPECT_EQ(first.writes, second.writes) << number;
    EXPECT_EQ(first.processes, second.processes) << number;
  }
}

TEST(PlantedBugTest, SendingAgainWithoutReadingBackIsFound) {
  EXPECT_NE(FirstFinding(PlantedBug::kNoReadBack), 0u);
}

TEST(PlantedBugTest, ForgettingWhatAProcessLeftBehindIsFound) {
  EXPECT_NE(FirstFinding(PlantedBug::kForgetsInterrupted), 0u);
}

TEST(PlantedBugTest, IgnoringTheProcessingTimeIsFound) {
  EXPECT_NE(FirstFinding(PlantedBug::kNoProcessingTime), 0u);
}

TEST(PlantedBugTest, IgnoringTheReadLagIsFound) {
  EXPECT_NE(FirstFinding(PlantedBug::kNoReadLag), 0u);
}

}  // namespace
}  // namespace qantara::simulation
