#include "adapters/http/retry_after.h"

#include <optional>
#include <ostream>
#include <string>

#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

// Sun, 06 Nov 1994 08:49:00 GMT.
const absl::Time kNow = absl::FromUnixSeconds(784111740);

struct Case {
  std::string name;
  std::string value;
  std::optional<absl::Duration> wait;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"Seconds", "60", absl::Seconds(60)},
    {"SecondsWithSpace", " 1 ", absl::Seconds(1)},
    {"Zero", "0", absl::ZeroDuration()},
    {"HugeIsCut", "86400", kLongestRetryAfter},
    {"TooManyDigitsAreCut", "99999999999999999999999", kLongestRetryAfter},
    {"FixDate", "Sun, 06 Nov 1994 08:49:37 GMT", absl::Seconds(37)},
    {"Rfc850Date", "Sunday, 06-Nov-94 08:49:37 GMT", absl::Seconds(37)},
    {"AsctimeDate", "Sun Nov  6 08:49:37 1994", absl::Seconds(37)},
    {"PastDateIsZero", "Sun, 06 Nov 1994 08:00:00 GMT", absl::ZeroDuration()},
    {"FarDateIsCut", "Sun, 06 Nov 2094 08:49:37 GMT", kLongestRetryAfter},
    {"Empty", "", std::nullopt},
    {"Word", "soon", std::nullopt},
    {"Negative", "-1", std::nullopt},
    {"Fraction", "1.5", std::nullopt},
    {"Infinite", "infinite-future", std::nullopt},
    {"DateAndMore", "Sun, 06 Nov 1994 08:49:37 GMT or so", std::nullopt},
};

class RetryAfterTest : public ::testing::TestWithParam<Case> {};

TEST_P(RetryAfterTest, Reads) {
  EXPECT_EQ(ParseRetryAfter(GetParam().value, kNow), GetParam().wait);
}

INSTANTIATE_TEST_SUITE_P(All, RetryAfterTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::adapters
