#include "tools/cli/progress_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;

v1::Import At(uint32_t created) {
  v1::Import import;
  import.set_import_id("0123456789abcdef");
  import.set_received_lines(2000);
  import.mutable_counts()->set_created(created);
  import.mutable_counts()->set_queued(2000 - created);
  return import;
}

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

TEST(ProgressViewTest, ABarIsDrawnOverItselfWithRateAndTimeLeft) {
  std::ostringstream out;
  ProgressView view(out, ProgressStyle::kBar, 2000, 0);
  view.Show(At(0), kStart);
  view.Show(At(1000), kStart + absl::Seconds(10));
  view.Finish();
  EXPECT_THAT(out.str(),
              HasSubstr("\r\x1b[K[##############--------------] 1,000/2,000  "
                        "50%  100/s  eta 0:10  created 1,000  queued 1,000  "
                        "balance 0\n"));
}

TEST(ProgressViewTest, ABarNeverWraps) {
  std::ostringstream out;
  ProgressView view(out, ProgressStyle::kBar, 2000, 20);
  view.Show(At(0), kStart);
  EXPECT_EQ(out.str().size(), std::string("\r\x1b[K").size() + 19);
}

TEST(ProgressViewTest, LinesAreAtMostOneASecondAndTheLastIsNeverLost) {
  std::ostringstream out;
  ProgressView view(out, ProgressStyle::kLines, 2000, 0);
  view.Show(At(1), kStart);
  view.Show(At(2), kStart + absl::Milliseconds(500));
  view.Show(At(3), kStart + absl::Milliseconds(900));
  view.Finish();
  view.Finish();
  EXPECT_EQ(out.str(),
            "import 01234567  1/2,000  created 1  queued 1,999  balance 0\n"
            "import 01234567  3/2,000  created 3  queued 1,997  balance 0\n");
}

TEST(ProgressViewTest, TheSameLineIsNotPrintedTwice) {
  std::ostringstream out;
  ProgressView view(out, ProgressStyle::kLines, 2000, 0);
  view.Show(At(1), kStart);
  view.Show(At(1), kStart + absl::Seconds(5));
  EXPECT_EQ(out.str(),
            "import 01234567  1/2,000  created 1  queued 1,999  balance 0\n");
}

TEST(ProgressViewTest, EveryStateIsSettledOrStillMoving) {
  v1::ItemCounts counts;
  uint32_t sum = 0;
  const auto* descriptor = v1::ItemCounts::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    counts.GetReflection()->SetUInt32(&counts, descriptor->field(i), 1u << i);
    sum += 1u << i;
  }
  const uint32_t moving = counts.received() + counts.queued() +
                          counts.in_flight() + counts.unknown();
  EXPECT_EQ(SettledItems(counts) + moving, sum);
  EXPECT_EQ(ProblemItems(counts), counts.invalid() + counts.blocked() +
                                      counts.rejected() + counts.parked() +
                                      counts.cancelled());
}

}  // namespace
}  // namespace qantara::tools
