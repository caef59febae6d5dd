// 429 with every value of Retry-After that the contract knows (F70), through
// the worker and the real gateway to the simulator.
#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

constexpr int kLines = 12;

struct Case {
  std::string name;
  // What the simulator sends; "missing": no header.
  std::string retry_after;
  // How long nothing may leave.
  int64_t pause_millis;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

class ThrottlingTest : public ::testing::TestWithParam<Case> {};

TEST_P(ThrottlingTest, NothingLeavesInThePauseAndNothingIsLost) {
  const Case& c = GetParam();
  DeliveryHarness harness;
  ASSERT_TRUE(harness.qoyod()
                  .SetFaults(absl::StrCat(
                      R"({"throttle":{"methods":["POST"],"count":1,)",
                      R"("retry_after":")", c.retry_after, R"("}})"))
                  .ok());
  const int64_t begin = harness.clock().BootMillis();
  harness.Import("spring", Lines("A-", kLines));
  harness.AwaitThrottled();
  const auto grant = harness.gate().TryEnter(domain::Lane::kUpdate);
  EXPECT_FALSE(grant.granted);
  EXPECT_GE(grant.retry_at, begin + c.pause_millis);
  EXPECT_EQ(harness.metrics().CountOf("create"), 1);

  harness.clock().Skip(c.pause_millis + 1000);
  const auto row = harness.Finish("spring");
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), kLines);
  EXPECT_EQ(domain::BalanceOf(row), 0);
  EXPECT_TRUE(harness.qoyod().RepeatedSkus().empty());
}

INSTANTIATE_TEST_SUITE_P(
    F70, ThrottlingTest,
    ::testing::Values(
        Case{"AMinute", "60", 60'000}, Case{"Missing", "missing", 60'000},
        Case{"Word", "soon", 60'000}, Case{"Negative", "-1", 60'000},
        Case{"Fraction", "1.5", 60'000}, Case{"Empty", "", 60'000},
        // Longer waits are not believed.
        Case{"Huge", "99999999", 600'000},
        Case{"ManyDigits", "99999999999999999999", 600'000}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::server
