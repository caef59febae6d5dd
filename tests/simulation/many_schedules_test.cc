// A hundred thousand schedules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/simulation/simulation.h"

namespace qantara::simulation {
namespace {

using ::testing::IsEmpty;

constexpr uint64_t kPieces = 16;
// Under a sanitizer each schedule takes many times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kSchedulesPerPiece = 62;
#else
constexpr uint64_t kSchedulesPerPiece = 6250;
#endif

// Pieces, so that they can be run beside one another.
class ManySchedulesTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(ManySchedulesTest, NoScheduleBreaksARule) {
  const uint64_t first = GetParam() * kSchedulesPerPiece + 1;
  for (uint64_t i = 0; i < kSchedulesPerPiece; ++i) {
    const SimulationResult result = Simulate(first + i);
    ASSERT_THAT(result.violations, IsEmpty())
        << "schedule " << first + i << ": "
        << absl::StrJoin(result.violations, "\n")
        << "\nagain: tools/simulate --first " << first + i
        << " --schedules 1 --trace";
  }
}

INSTANTIATE_TEST_SUITE_P(Pieces, ManySchedulesTest,
                         ::testing::Range<uint64_t>(0, kPieces));

}  // namespace
}  // namespace qantara::simulation
