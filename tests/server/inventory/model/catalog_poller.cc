#include "tests/server/inventory/model/catalog_poller.h"

#include <algorithm>

#include "absl/time/time.h"

namespace qantara::server {
namespace {

constexpr absl::Duration kInterval = absl::Seconds(60);
constexpr absl::Duration kReadLag = absl::Seconds(1);
// Longest time between two requests, so that the budget is refilled.
constexpr uint64_t kMostBetween = 20;
constexpr int64_t kLeastSleep = 5;
constexpr double kPerMinute = 60'000;
constexpr int kInFlight = 6;

}  // namespace

CatalogPoller::CatalogPoller(const Parts& parts)
    : parts_(parts),
      gate_({parts.connection, kPerMinute, kInFlight}, parts.clock, status_,
            metrics_),
      sweeper_(SweeperContext{
          .connection = parts.connection,
          .interval = kInterval,
          .bus = parts.bus,
          .tables = parts.tables,
          .clock = parts.clock,
          .gateway = parts.catalog,
          .gate = gate_,
          .index = index_,
          .status = status_,
          .ended = [this] { ++sweeps_; },
          .read_lag = kReadLag,
      }) {
  sweeper_.OpenForTest();
}

CatalogPoller::~CatalogPoller() { parts_.catalog.DropRequests(); }

void CatalogPoller::Step() {
  const int64_t next = sweeper_.RunOnceForTest();
  const int64_t now = parts_.clock.now();
  const size_t waiting = parts_.catalog.waiting();
  if (waiting > 0) {
    parts_.clock.AdvanceTo(
        now + static_cast<int64_t>(parts_.random() % kMostBetween));
    return parts_.catalog.Answer(parts_.random() % waiting);
  }
  if (sweeper_.IsAwakeForTest()) return;
  const int64_t sleep = next == Actor::kNever
                            ? absl::ToInt64Milliseconds(kInterval)
                            : next - parts_.clock.BootMillis();
  parts_.clock.AdvanceTo(now + std::max(sleep, kLeastSleep));
}

void CatalogPoller::Refresh(const std::string& remote_id) {
  sweeper_.refresher().Refresh({{remote_id}, ""}, Actor::kNever, [](auto) {});
}

}  // namespace qantara::server
