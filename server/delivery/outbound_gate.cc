#include "server/delivery/outbound_gate.h"

#include <algorithm>
#include <utility>

namespace qantara::server {
namespace {

using domain::CallReport;
using domain::Effect;
using Grant = domain::RequestBudget::Grant;

constexpr int64_t kFirstBackOffMillis = 250;
constexpr int64_t kLongestBackOffMillis = 30'000;
constexpr int kFailuresToClose = 4;
// Between two looks whether a refused credential or a wrong URL was mended.
constexpr int64_t kMendPauseMillis = 15'000;
constexpr int64_t kBusyRetryMillis = 50;

// Whether the provider gave an answer of its own, good or bad.
bool WasAnswered(const CallReport& report) {
  return report.http_status != 0 && report.http_status < 500;
}

}  // namespace

OutboundGate::OutboundGate(Options options, const domain::Clock& clock,
                           ConnectionStatus& status, DeliveryMetrics& metrics)
    : options_(std::move(options)),
      clock_(clock),
      status_(status),
      metrics_(metrics),
      budget_(options_.requests_per_minute, clock.BootMillis()),
      jitter_(static_cast<uint32_t>(clock.BootMillis())) {}

Grant OutboundGate::TryEnter(domain::Lane lane) {
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  if (status_.state() != v1::CONNECTION_STATE_ACTIVE || now < blocked_until_) {
    return {false, std::max(blocked_until_, now + kBusyRetryMillis)};
  }
  if (in_flight_ >= options_.max_in_flight) {
    return {false, now + kBusyRetryMillis};
  }
  const Grant grant = budget_.TryTake(lane, now);
  if (grant.granted) ++in_flight_;
  return grant;
}

int64_t OutboundGate::FreeAt() {
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  if (status_.state() != v1::CONNECTION_STATE_ACTIVE) {
    return std::max(blocked_until_, now + kBusyRetryMillis);
  }
  if (in_flight_ >= options_.max_in_flight) return now + kBusyRetryMillis;
  return std::max(blocked_until_, budget_.NextAt(now));
}

Grant OutboundGate::TryProbe() {
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  const v1::ConnectionState state = status_.state();
  if (state == v1::CONNECTION_STATE_ACTIVE ||
      state == v1::CONNECTION_STATE_PAUSED || probing_) {
    return {false, now + kLongestBackOffMillis};
  }
  if (now < blocked_until_) return {false, blocked_until_};
  const Grant grant = budget_.TryTake(domain::Lane::kSettle, now);
  if (grant.granted) {
    ++in_flight_;
    probing_ = true;
  }
  return grant;
}

void OutboundGate::Cancel() {
  const std::lock_guard lock(mutex_);
  --in_flight_;
}

int64_t OutboundGate::BackOff() {
  const int64_t longest =
      std::min(kLongestBackOffMillis,
               kFirstBackOffMillis << std::clamp(failures_ - 1, 0, 10));
  return std::uniform_int_distribution<int64_t>(longest / 2, longest)(jitter_);
}

void OutboundGate::Close(v1::ConnectionState state, int64_t pause_millis,
                         int64_t now) {
  status_.SetState(state);
  blocked_until_ = now + pause_millis;
}

void OutboundGate::Open() {
  failures_ = 0;
  if (status_.state() != v1::CONNECTION_STATE_PAUSED) {
    status_.SetState(v1::CONNECTION_STATE_ACTIVE);
  }
}

void OutboundGate::Leave(absl::string_view operation,
                         const CallReport& report) {
  metrics_.CountRequest(options_.connection, operation, report.http_status);
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  --in_flight_;
  probing_ = false;
  switch (report.reason) {
    case v1::ERROR_REASON_OVERLOADED:
      budget_.Throttled(report.retry_after, now);
      return;
    case v1::ERROR_REASON_CREDENTIALS_NEEDED:
    case v1::ERROR_REASON_PERMISSION_DENIED:
      Close(v1::CONNECTION_STATE_NEEDS_CREDENTIALS, kMendPauseMillis, now);
      return;
    case v1::ERROR_REASON_BASE_URL_WRONG:
      Close(v1::CONNECTION_STATE_MISCONFIGURED, kMendPauseMillis, now);
      return;
    default:
      break;
  }
  if (WasAnswered(report)) {
    budget_.Answered();
    Open();
    return;
  }
  ++failures_;
  const bool unreachable =
      report.effect == Effect::kNotApplied && report.http_status == 0;
  if (unreachable || failures_ >= kFailuresToClose) {
    Close(v1::CONNECTION_STATE_UNREACHABLE, BackOff(), now);
  } else {
    blocked_until_ = std::max(blocked_until_, now + BackOff());
  }
}

}  // namespace qantara::server
