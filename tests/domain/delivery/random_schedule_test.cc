#include "tests/domain/delivery/random_schedule.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::domain {
namespace {

constexpr uint64_t kSchedules = 60;
constexpr int kSteps = 120;

// The whole log, for a schedule that failed.
std::string TextOf(const Scenario& scenario) {
  std::string text;
  for (const events::v1::EventRecord& record : scenario.log()) {
    absl::StrAppend(&text, record.position(), ": ",
                    record.event().ShortDebugString(), "\n");
  }
  return text;
}

// Whatever comes in whatever order: after every event all rules hold, and at
// the end nothing is left, no SKU exists twice that nobody made by hand, and
// every product holds what was accepted last. Each schedule is the same for the
// same number.
TEST(RandomScheduleTest, EndsWithEverythingAccountedFor) {
  for (uint64_t seed = 0; seed < kSchedules; ++seed) {
    RandomSchedule schedule(seed);
    schedule.Run(kSteps);
    EXPECT_EQ(schedule.Faults(), std::vector<std::string>());
    if (HasFailure()) {
      FAIL() << "schedule " << seed << "\n" << TextOf(schedule.scenario());
    }
  }
}

// The same number gives the same log.
TEST(RandomScheduleTest, IsReproducible) {
  for (const uint64_t seed : {1, 2, 3}) {
    RandomSchedule first(seed);
    RandomSchedule second(seed);
    first.Run(kSteps);
    second.Run(kSteps);
    ASSERT_EQ(first.scenario().head(), second.scenario().head());
    for (size_t i = 0; i < first.scenario().log().size(); ++i) {
      EXPECT_EQ(first.scenario().log()[i].SerializeAsString(),
                second.scenario().log()[i].SerializeAsString());
    }
  }
}

}  // namespace
}  // namespace qantara::domain
