#include "domain/delivery/request_budget.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace qantara::domain {
namespace {

// A lane that did not ask so long after it was told to does not wait any more.
constexpr int64_t kWaitingForMillis = 1000;
constexpr int64_t kRetryMillis = 5;  // For a lane whose turn it is not.
constexpr absl::Duration kDefaultPause = absl::Seconds(60);
constexpr absl::Duration kMinPause = absl::Milliseconds(200);
constexpr absl::Duration kMaxPause = absl::Minutes(10);
constexpr double kLowestShareOfRate = 0.1;
constexpr double kRaisePerAnswer = 0.002;
constexpr double kMemory = 100;  // Grants that shares are measured over.

constexpr std::array<double, kLaneCount> kMinShare = {0.05, 0.05, 0.20, 0.05,
                                                      0.30};
constexpr double kMaxPollShare = 0.20;
constexpr int64_t kNever = -1'000'000'000;

}  // namespace

RequestBudget::RequestBudget(double per_minute, int64_t now)
    : configured_(per_minute), rate_(per_minute), refilled_at_(now) {
  waits_until_.fill(kNever);
}

void RequestBudget::Refill(int64_t now) {
  if (now <= refilled_at_) return;
  tokens_ += static_cast<double>(now - refilled_at_) * rate_ / 60000.0;
  tokens_ = std::min(tokens_, kBudgetBurst);
  refilled_at_ = now;
}

bool RequestBudget::IsWaiting(int lane, int64_t now) const {
  return now < waits_until_[lane];
}

int RequestBudget::Choose(int64_t now) const {
  const double total =
      std::max(1.0, std::accumulate(granted_.begin(), granted_.end(), 0.0));
  const bool bulk_waits = IsWaiting(static_cast<int>(Lane::kBulk), now);
  int chosen = -1;
  double largest_debt = 0;
  for (int lane = 0; lane < kLaneCount; ++lane) {
    if (!IsWaiting(lane, now)) continue;
    const double debt = kMinShare[lane] - granted_[lane] / total;
    if (debt > largest_debt) {
      largest_debt = debt;
      chosen = lane;
    }
  }
  if (chosen >= 0) return chosen;
  for (int lane = 0; lane < kLaneCount; ++lane) {
    if (!IsWaiting(lane, now)) continue;
    if (lane == static_cast<int>(Lane::kPoll) && bulk_waits &&
        granted_[lane] / total >= kMaxPollShare) {
      continue;
    }
    return lane;
  }
  return -1;
}

void RequestBudget::Count(int lane) {
  granted_[lane] += 1;
  const double total = std::accumulate(granted_.begin(), granted_.end(), 0.0);
  if (total < kMemory) return;
  for (double& granted : granted_) granted /= 2;
}

int64_t RequestBudget::NextAt(int64_t now) {
  Refill(now);
  if (now < blocked_until_) return blocked_until_;
  const auto bound = static_cast<size_t>(std::max(1.0, configured_));
  if (recent_.size() >= bound && recent_.front() + kBudgetWindowMillis > now) {
    return recent_.front() + kBudgetWindowMillis;
  }
  if (tokens_ >= 1) return now;
  const double wait = std::ceil((1 - tokens_) * 60000.0 / rate_);
  return now + std::max<int64_t>(1, static_cast<int64_t>(wait));
}

RequestBudget::Grant RequestBudget::TryTake(Lane lane, int64_t now) {
  const int index = static_cast<int>(lane);
  const int64_t next = NextAt(now);
  // A slow rate lets lanes ask seldom: they wait until they may ask again.
  waits_until_[index] = std::max(next, now) + kWaitingForMillis;
  if (next > now) return {false, next};
  const int chosen = Choose(now);
  if (chosen != index) return {false, now + kRetryMillis};
  tokens_ -= 1;
  recent_.push_back(now);
  if (recent_.size() > std::max(1.0, configured_)) recent_.pop_front();
  waits_until_[index] = kNever;
  Count(index);
  return {true, now};
}

void RequestBudget::Throttled(std::optional<absl::Duration> retry_after,
                              int64_t now) {
  const absl::Duration pause =
      std::clamp(retry_after.value_or(kDefaultPause), kMinPause, kMaxPause);
  // Requests that were under way together are throttled together: one piece of
  // news, which lowers the rate once.
  if (now >= blocked_until_) {
    rate_ = std::max(configured_ * kLowestShareOfRate, rate_ * 2 / 3);
  }
  blocked_until_ =
      std::max(blocked_until_, now + absl::ToInt64Milliseconds(pause));
  tokens_ = 0;
}

void RequestBudget::Answered() {
  rate_ = std::min(configured_, rate_ + configured_ * kRaisePerAnswer);
}

}  // namespace qantara::domain
