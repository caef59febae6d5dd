#include "domain/delivery/request_budget.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <random>
#include <vector>

namespace qantara::domain {
namespace {

constexpr int64_t kMinute = 60'000;
constexpr double kRates[] = {6, 30, 240, 300, 1200};

// Lanes that ask again exactly when they were told to, on a clock of our own.
class Company {
 public:
  explicit Company(double per_minute, int64_t now = 1'000)
      : budget_(per_minute, now), now_(now) {
    next_.fill(kNever);
  }

  // `lane` has endless work from now on, or none.
  void SetBusy(Lane lane, bool busy) {
    next_[static_cast<int>(lane)] = busy ? now_ : kNever;
  }

  // Runs for `millis`; lanes that may ask at the same time ask in `order`.
  void Run(int64_t millis, const std::vector<int>& order = {0, 1, 2, 3, 4}) {
    const int64_t end = now_ + millis;
    while (true) {
      const int64_t at = *std::min_element(next_.begin(), next_.end());
      if (at >= end) break;
      now_ = std::max(now_, at);
      for (const int lane : order) {
        if (next_[lane] <= now_) Ask(lane);
      }
    }
    now_ = end;
  }

  RequestBudget& budget() { return budget_; }
  int64_t now() const { return now_; }
  int granted(Lane lane) const { return granted_[static_cast<int>(lane)]; }
  int total() const { return static_cast<int>(times_.size()); }
  double Share(Lane lane) const {
    return static_cast<double>(granted(lane)) / std::max(1, total());
  }
  const std::vector<int64_t>& times() const { return times_; }
  void ForgetGrants() {
    granted_.fill(0);
    times_.clear();
  }

 private:
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  void Ask(int lane) {
    const RequestBudget::Grant grant =
        budget_.TryTake(static_cast<Lane>(lane), now_);
    if (grant.granted) {
      ++granted_[lane];
      times_.push_back(now_);
      return;
    }
    ASSERT_GT(grant.retry_at, now_) << "a lane would spin";
    next_[lane] = grant.retry_at;
  }

  RequestBudget budget_;
  int64_t now_;
  std::array<int64_t, kLaneCount> next_;
  std::array<int, kLaneCount> granted_{};
  std::vector<int64_t> times_;
};

// The largest number of grants in any minute.
int MostInAMinute(const std::vector<int64_t>& times) {
  size_t most = 0;
  std::deque<int64_t> window;
  for (const int64_t time : times) {
    window.push_back(time);
    while (window.front() <= time - kMinute) window.pop_front();
    most = std::max(most, window.size());
  }
  return static_cast<int>(most);
}

class BudgetRateTest : public ::testing::TestWithParam<double> {};

TEST_P(BudgetRateTest, NoMinuteHoldsMoreThanTheRate) {
  Company company(GetParam());
  for (int lane = 0; lane < kLaneCount; ++lane) {
    company.SetBusy(static_cast<Lane>(lane), true);
  }
  company.Run(5 * kMinute);
  EXPECT_LE(MostInAMinute(company.times()), GetParam());
}

TEST_P(BudgetRateTest, NoMinuteHoldsMoreAfterIdleTimes) {
  Company company(GetParam());
  std::mt19937_64 random(7);
  for (int i = 0; i < 40; ++i) {
    company.SetBusy(Lane::kBulk, random() % 2 == 0);
    company.SetBusy(Lane::kUpdate, random() % 2 == 0);
    company.Run(static_cast<int64_t>(random() % 20'000));
  }
  EXPECT_LE(MostInAMinute(company.times()), GetParam());
}

TEST_P(BudgetRateTest, TheRateIsUsed) {
  Company company(GetParam());
  company.SetBusy(Lane::kBulk, true);
  company.Run(10 * kMinute);
  EXPECT_GE(company.total(), GetParam() * 10 * 0.95 - 1);
}

TEST_P(BudgetRateTest, BeginsEmpty) {
  Company company(GetParam());
  EXPECT_FALSE(company.budget().TryTake(Lane::kUpdate, company.now()).granted);
}

TEST_P(BudgetRateTest, ALaneThatIsToldATimeGetsItsRequestThen) {
  RequestBudget budget(GetParam(), 0);
  const RequestBudget::Grant refused = budget.TryTake(Lane::kBulk, 0);
  ASSERT_FALSE(refused.granted);
  EXPECT_TRUE(budget.TryTake(Lane::kBulk, refused.retry_at).granted);
}

// Whoever asks first must not decide who is served.
TEST_P(BudgetRateTest, EveryWaitingLaneGetsItsShareInAnyOrder) {
  std::vector<int> order = {0, 1, 2, 3, 4};
  for (const bool reversed : {false, true}) {
    if (reversed) std::reverse(order.begin(), order.end());
    Company company(GetParam());
    for (int lane = 0; lane < kLaneCount; ++lane) {
      company.SetBusy(static_cast<Lane>(lane), true);
    }
    company.Run(static_cast<int64_t>(600 / GetParam() * kMinute), order);
    SCOPED_TRACE(reversed);
    EXPECT_GE(company.Share(Lane::kUpdate), 0.045);
    EXPECT_GE(company.Share(Lane::kRefresh), 0.045);
    EXPECT_GE(company.Share(Lane::kSettle), 0.18);
    EXPECT_GE(company.Share(Lane::kPoll), 0.045);
    EXPECT_GE(company.Share(Lane::kBulk), 0.28);
    EXPECT_LE(company.Share(Lane::kPoll), 0.205);
  }
}

TEST_P(BudgetRateTest, PollTakesAtMostAFifthWhileBulkWaits) {
  for (const std::vector<int>& order :
       {std::vector<int>{3, 4}, std::vector<int>{4, 3}}) {
    Company company(GetParam());
    company.SetBusy(Lane::kPoll, true);
    company.SetBusy(Lane::kBulk, true);
    company.Run(static_cast<int64_t>(600 / GetParam() * kMinute), order);
    EXPECT_LE(company.Share(Lane::kPoll), 0.215);
    EXPECT_GE(company.Share(Lane::kPoll), 0.045);
  }
}

TEST_P(BudgetRateTest, PollTakesEverythingWhenNobodyElseWaits) {
  Company company(GetParam());
  company.SetBusy(Lane::kPoll, true);
  company.Run(10 * kMinute);
  EXPECT_GE(company.total(), GetParam() * 10 * 0.95 - 1);
}

INSTANTIATE_TEST_SUITE_P(Rates, BudgetRateTest, ::testing::ValuesIn(kRates));

// Of two lanes that wait, the more urgent one gets all but the other's share.
TEST(BudgetLaneTest, TheMoreUrgentLaneGoesFirst) {
  Company company(240);
  company.SetBusy(Lane::kUpdate, true);
  company.SetBusy(Lane::kBulk, true);
  company.Run(5 * kMinute, {4, 0});
  EXPECT_GE(company.Share(Lane::kUpdate), 0.6);
  EXPECT_GE(company.Share(Lane::kBulk), 0.28);
}

TEST(BudgetLaneTest, ALaneThatCameLateIsServedSoon) {
  Company company(240);
  company.SetBusy(Lane::kBulk, true);
  company.Run(3 * kMinute);
  company.ForgetGrants();
  company.SetBusy(Lane::kUpdate, true);
  company.Run(2'000, {4, 0});
  EXPECT_GE(company.granted(Lane::kUpdate), 1);
}

// A lane that stopped asking must not hold up the others.
TEST(BudgetLaneTest, ALaneThatGaveUpCostsLittle) {
  Company company(240);
  company.SetBusy(Lane::kUpdate, true);
  company.SetBusy(Lane::kBulk, true);
  company.Run(kMinute);
  company.SetBusy(Lane::kUpdate, false);
  company.ForgetGrants();
  company.Run(kMinute);
  EXPECT_GE(company.granted(Lane::kBulk), 225);
}

struct Pause {
  const char* name;
  std::optional<absl::Duration> told;
  int64_t least;
  int64_t most;
};

class BudgetPauseTest : public ::testing::TestWithParam<Pause> {};

TEST_P(BudgetPauseTest, NothingLeavesBeforeItIsOver) {
  Company company(240);
  company.SetBusy(Lane::kUpdate, true);
  company.Run(10'000);
  company.ForgetGrants();
  const int64_t throttled = company.now();
  company.budget().Throttled(GetParam().told, throttled);
  company.Run(GetParam().most + kMinute);
  ASSERT_FALSE(company.times().empty()) << "work goes on by itself";
  EXPECT_GE(company.times().front(), throttled + GetParam().least);
  EXPECT_LE(company.times().front(), throttled + GetParam().most);
  EXPECT_LE(MostInAMinute(company.times()), 240);
}

INSTANTIATE_TEST_SUITE_P(
    Pauses, BudgetPauseTest,
    ::testing::Values(Pause{"Absent", {}, 60'000, 61'000},
                      Pause{"Zero", absl::ZeroDuration(), 200, 2'000},
                      Pause{"Negative", absl::Seconds(-5), 200, 2'000},
                      Pause{"Seconds", absl::Seconds(7), 7'000, 8'000},
                      Pause{"Huge", absl::Hours(1000), 600'000, 601'000},
                      Pause{"Infinite", absl::InfiniteDuration(), 600'000,
                            601'000}),
    [](const auto& info) { return info.param.name; });

TEST(BudgetThrottleTest, AShorterPauseDoesNotEndALongerOne) {
  RequestBudget budget(240, 0);
  budget.Throttled(absl::Seconds(30), 0);
  budget.Throttled(absl::Seconds(1), 0);
  const RequestBudget::Grant grant = budget.TryTake(Lane::kUpdate, 5'000);
  EXPECT_FALSE(grant.granted);
  EXPECT_EQ(grant.retry_at, 30'000);
}

TEST(BudgetThrottleTest, LowersTheRateAndRaisesItAgainToWhatIsConfigured) {
  RequestBudget budget(240, 0);
  budget.Throttled(absl::Seconds(1), 0);
  EXPECT_NEAR(budget.rate_per_minute(), 160, 0.01);
  for (int i = 0; i < 1'000; ++i) budget.Answered();
  EXPECT_EQ(budget.rate_per_minute(), 240);
}

TEST(BudgetThrottleTest, NeverStopsForGood) {
  RequestBudget budget(240, 0);
  for (int64_t i = 0; i < 100; ++i) {
    budget.Throttled(absl::ZeroDuration(), i * 1'000);
  }
  EXPECT_GE(budget.rate_per_minute(), 24);
  EXPECT_TRUE(budget.TryTake(Lane::kBulk, 10 * kMinute).granted);
}

// Requests that were under way together are throttled together: that is one
// piece of news, not several.
TEST(BudgetThrottleTest, SeveralAnswersOfOnePauseLowerTheRateOnce) {
  RequestBudget budget(240, 0);
  for (int64_t i = 0; i < 5; ++i) budget.Throttled(absl::Seconds(10), i * 50);
  EXPECT_NEAR(budget.rate_per_minute(), 160, 0.01);
  budget.Throttled(absl::Seconds(10), 20'000);
  EXPECT_LT(budget.rate_per_minute(), 110);
}

TEST(BudgetClockTest, ATimeThatGoesBackGivesNothingAway) {
  RequestBudget budget(60, 100'000);
  EXPECT_FALSE(budget.TryTake(Lane::kBulk, 0).granted);
  EXPECT_FALSE(budget.TryTake(Lane::kBulk, 100'000).granted);
  EXPECT_TRUE(budget.TryTake(Lane::kBulk, 101'000).granted);
}

}  // namespace
}  // namespace qantara::domain
