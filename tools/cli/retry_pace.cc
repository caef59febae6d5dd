#include "tools/cli/retry_pace.h"

#include <algorithm>

namespace qantara::tools {

void RetryPace::Succeeded() {
  wait_ = kFirstRetryWait;
  failing_since_.reset();
}

std::optional<absl::Duration> RetryPace::Failed(absl::Time now) {
  if (!failing_since_.has_value()) failing_since_ = now;
  if (now - *failing_since_ >= retry_for_) return std::nullopt;
  const double part = std::uniform_real_distribution<double>(0.5, 1.0)(random_);
  const absl::Duration wait = wait_ * part;
  wait_ = std::min(wait_ * 2, kLongestRetryWait);
  return wait;
}

}  // namespace qantara::tools
