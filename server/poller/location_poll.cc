#include "server/poller/location_poll.h"

#include <utility>

namespace qantara::server {
namespace {

constexpr ReadKind kKind = {domain::Lane::kPoll, "locations"};

}  // namespace

void LocationPoll::OnSwept(std::vector<std::string> named) {
  if (clock_.BootMillis() < next_) return;
  named_ = std::move(named);
  wanted_ = true;
}

int64_t LocationPoll::Step() {
  if (!wanted_) return Actor::kNever;
  const auto grant = reads_.ListLocations(
      kKind, [this](const Asked&, const domain::LocationsAnswer& answer) {
        Take(answer);
      });
  if (!grant.granted) return grant.retry_at;
  wanted_ = false;
  next_ = clock_.BootMillis() + kPauseMillis;
  return Actor::kNever;
}

void LocationPoll::Take(const domain::LocationsAnswer& answer) {
  // One that failed is asked for again after the next sweep.
  if (answer.report.effect != domain::Effect::kConfirmed) {
    if (!answer.absent) next_ = 0;
    return;
  }
  recorder_.RecordLocations(answer.locations, std::move(named_))
      .status()
      .IgnoreError();
  named_.clear();
}

}  // namespace qantara::server
