#include "server/delivery/outbound_gate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/utf8.h"

namespace qantara::server {
namespace {

using domain::CallReport;
using domain::Effect;
using Grant = domain::RequestBudget::Grant;
using adapters::CredentialStatus;

constexpr int64_t kFirstBackOffMillis = 250;
constexpr int64_t kLongestBackOffMillis = 30'000;
constexpr absl::Duration kLongestRetryAfter = absl::Minutes(10);
constexpr int kFailuresToClose = 4;
// Between two looks whether a refused credential or a wrong URL was mended.
constexpr int64_t kMendPauseMillis = 15'000;
constexpr int64_t kBusyRetryMillis = 50;
// Characters of a provider's message in a state's detail.
constexpr size_t kMaxDetail = 300;
// Between two looks whether an operator lets a paused connection go on.
constexpr int64_t kPausedRetryMillis = 1000;

// Whether the provider gave an answer of its own, good or bad: not one that
// breaks off, or a page of something that stands in its place.
bool WasAnswered(const CallReport& report) {
  return report.http_status != 0 && report.http_status < 500 &&
         report.reason != v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
}

std::string DetailOf(const CallReport& report) {
  std::string text = report.http_status == 0
                         ? "no answer"
                         : absl::StrCat("HTTP ", report.http_status);
  if (report.problems.empty()) return text;
  const absl::string_view message =
      domain::FirstCharacters(report.problems[0].message(), kMaxDetail);
  return message == text ? text : absl::StrCat(text, ": ", message);
}

}  // namespace

OutboundGate::OutboundGate(Options options, const domain::Clock& clock,
                           ConnectionStatus& status, DeliveryMetrics& metrics,
                           adapters::Credentials* credentials)
    : options_(std::move(options)),
      clock_(clock),
      status_(status),
      metrics_(metrics),
      watch_(credentials),
      budget_(options_.requests_per_minute, clock.BootMillis()),
      jitter_(static_cast<uint32_t>(clock.BootMillis())) {}

bool OutboundGate::IsShut(int64_t now) const {
  return retired_ || status_.state() != v1::CONNECTION_STATE_ACTIVE ||
         now < blocked_until_;
}

int64_t OutboundGate::RetryAt(int64_t now) const {
  if (status_.state() == v1::CONNECTION_STATE_PAUSED) {
    return std::max(blocked_until_, now + kPausedRetryMillis);
  }
  if (watch_.present() &&
      status_.state() == v1::CONNECTION_STATE_NEEDS_CREDENTIALS) {
    return now + CredentialWatch::kLookMillis;
  }
  return std::max(blocked_until_, now + kBusyRetryMillis);
}

Grant OutboundGate::TryEnter(domain::Lane lane) {
  // Polling leaves a place to what is more urgent.
  const bool polls = lane == domain::Lane::kPoll && options_.max_in_flight > 1;
  const int places = options_.max_in_flight - (polls ? 1 : 0);
  {
    const std::lock_guard lock(mutex_);
    const int64_t now = clock_.BootMillis();
    if (IsShut(now)) return {false, RetryAt(now)};
    if (in_flight_ >= places) return {false, now + kBusyRetryMillis};
  }
  // It reads files: not under the lock.
  const CredentialStatus credential = watch_.Look();
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  if (IsShut(now)) return {false, RetryAt(now)};
  if (credential.state != CredentialStatus::State::kUsable) {
    return {false, Without(credential, now)};
  }
  if (in_flight_ >= places) return {false, now + kBusyRetryMillis};
  const Grant grant = budget_.TryTake(lane, now);
  if (grant.granted) {
    ++in_flight_;
    watch_.Used(credential);
  }
  return grant;
}

int64_t OutboundGate::Without(const CredentialStatus& credential, int64_t now) {
  switch (credential.state) {
    case CredentialStatus::State::kNeeded:
      Close(v1::CONNECTION_STATE_NEEDS_CREDENTIALS, credential.detail, now);
      watch_.Refused(now);
      break;
    case CredentialStatus::State::kFailing:
      Close(v1::CONNECTION_STATE_UNREACHABLE, credential.detail,
            now + CredentialWatch::kLookMillis);
      break;
    case CredentialStatus::State::kRenewing:
    case CredentialStatus::State::kUsable:
      return now + kBusyRetryMillis;
  }
  return RetryAt(now);
}

int64_t OutboundGate::FreeAt() {
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  if (status_.state() != v1::CONNECTION_STATE_ACTIVE) return RetryAt(now);
  if (in_flight_ >= options_.max_in_flight) return now + kBusyRetryMillis;
  return std::max(blocked_until_, budget_.NextAt(now));
}

Grant OutboundGate::TryProbe() {
  const bool watched =
      watch_.present() &&
      status_.state() == v1::CONNECTION_STATE_NEEDS_CREDENTIALS;
  {
    const std::lock_guard lock(mutex_);
    const int64_t now = clock_.BootMillis();
    const v1::ConnectionState state = status_.state();
    if (state == v1::CONNECTION_STATE_ACTIVE ||
        state == v1::CONNECTION_STATE_PAUSED || probing_ || retired_) {
      return {false, now + kLongestBackOffMillis};
    }
    if (now < blocked_until_) return {false, blocked_until_};
  }
  const CredentialStatus credential = watch_.Look();
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  if (probing_ || retired_ || status_.state() == v1::CONNECTION_STATE_PAUSED) {
    return {false, now + kLongestBackOffMillis};
  }
  if (watched) {
    if (!watch_.ProbeDue(credential, now)) {
      return {false, now + CredentialWatch::kLookMillis};
    }
  } else if (credential.state != CredentialStatus::State::kUsable) {
    return {false, Without(credential, now)};
  }
  const Grant grant = budget_.TryTake(domain::Lane::kSettle, now);
  if (grant.granted) {
    ++in_flight_;
    probing_ = true;
    watch_.Used(credential);
    watch_.Probed();
  }
  return grant;
}

void OutboundGate::Cancel() {
  const std::lock_guard lock(mutex_);
  --in_flight_;
}

void OutboundGate::Retire() {
  const std::lock_guard lock(mutex_);
  retired_ = true;
}

int64_t OutboundGate::BackOff() {
  const int64_t longest =
      std::min(kLongestBackOffMillis,
               kFirstBackOffMillis << std::clamp(failures_ - 1, 0, 10));
  return std::uniform_int_distribution<int64_t>(longest / 2, longest)(jitter_);
}

void OutboundGate::Close(v1::ConnectionState state, std::string detail,
                         int64_t blocked_until) {
  blocked_until_ = blocked_until;
  status_.SetState(state, std::move(detail));
}

void OutboundGate::CloseDenied(absl::string_view operation,
                               const CallReport& report, int64_t now) {
  Close(v1::CONNECTION_STATE_NEEDS_CREDENTIALS,
        absl::StrCat("the credential is not permitted to do this (", operation,
                     "): ", DetailOf(report)),
        watch_.present() ? now : now + kMendPauseMillis);
  watch_.Denied(operation, now);
}

void OutboundGate::Open(absl::string_view operation) {
  // The listing that the probe reads may go well where others fail.
  if (operation != kProbe) failures_ = 0;
  const bool late =
      watch_.present() && operation != kProbe &&
      status_.unpaused_state() == v1::CONNECTION_STATE_NEEDS_CREDENTIALS;
  // It was on its way when the connection was closed.
  if (late) return;
  watch_.Answered(operation);
  status_.SetState(v1::CONNECTION_STATE_ACTIVE);
}

void OutboundGate::Failed(absl::string_view operation, const CallReport& report,
                          int64_t now) {
  ++failures_;
  if (operation == kProbe) watch_.ProbeUnanswered();
  int64_t until = now + BackOff();
  if (report.retry_after.has_value()) {  // A 503 may tell when to come again.
    until =
        std::max(until, now + absl::ToInt64Milliseconds(std::min(
                                  *report.retry_after, kLongestRetryAfter)));
  }
  const bool unreachable =
      report.effect == Effect::kNotApplied && report.http_status == 0;
  if (unreachable || failures_ >= kFailuresToClose) {
    Close(v1::CONNECTION_STATE_UNREACHABLE, DetailOf(report), until);
  } else {
    blocked_until_ = std::max(blocked_until_, until);
  }
}

void OutboundGate::Leave(absl::string_view operation,
                         const CallReport& report) {
  metrics_.CountRequest(options_.connection, operation, report.http_status);
  const std::lock_guard lock(mutex_);
  const int64_t now = clock_.BootMillis();
  --in_flight_;
  if (operation == kProbe) probing_ = false;
  if (retired_) return;
  switch (report.reason) {
    case v1::ERROR_REASON_OVERLOADED:
      if (operation == kProbe) watch_.ProbeUnanswered();
      budget_.Throttled(report.retry_after, now);
      status_.SetRequestsPerMinute(budget_.rate_per_minute());
      return;
    case v1::ERROR_REASON_CREDENTIALS_NEEDED:
      // The next look at the credential tells whether another is there already:
      // this may be the answer to an old one.
      if (watch_.present()) return;
      Close(v1::CONNECTION_STATE_NEEDS_CREDENTIALS, DetailOf(report),
            now + kMendPauseMillis);
      return;
    case v1::ERROR_REASON_PERMISSION_DENIED:
      CloseDenied(operation, report, now);
      return;
    case v1::ERROR_REASON_BASE_URL_WRONG:
      Close(v1::CONNECTION_STATE_MISCONFIGURED,
            absl::StrCat("base_url does not lead to the provider's API: ",
                         DetailOf(report)),
            now + kMendPauseMillis);
      return;
    case v1::ERROR_REASON_PROVIDER_LACKS:
      return;  // Nothing was sent: it says nothing of the provider.
    default:
      break;
  }
  if (WasAnswered(report)) {
    budget_.Answered();
    status_.SetRequestsPerMinute(budget_.rate_per_minute());
    Open(operation);
    return;
  }
  Failed(operation, report, now);
}

}  // namespace qantara::server
