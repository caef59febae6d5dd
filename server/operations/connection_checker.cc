#include "server/operations/connection_checker.h"

#include <atomic>
#include <utility>

#include "domain/error.h"
#include "server/core/connection_detail.h"

namespace qantara::server {
namespace {

constexpr char kOperation[] = "check";

// Gives the first of several answers on.
struct Once {
  void Answer(absl::StatusOr<v1::CheckConnectionResponse> answer) {
    if (!answered.exchange(true)) done(std::move(answer));
  }

  const ConnectionChecker::Done done;
  std::atomic<bool> answered{false};
};

v1::ErrorReason ReasonOf(v1::ConnectionState state) {
  switch (state) {
    case v1::CONNECTION_STATE_NEEDS_CREDENTIALS:
      return v1::ERROR_REASON_CREDENTIALS_NEEDED;
    case v1::CONNECTION_STATE_MISCONFIGURED:
      return v1::ERROR_REASON_BASE_URL_WRONG;
    default:
      return v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  }
}

domain::CallReport ClosedBy(const ConnectionStatus& status) {
  const v1::ConnectionState state = status.state();
  const bool paused = state == v1::CONNECTION_STATE_PAUSED;
  const std::string detail = paused ? "" : status.detail();
  domain::CallReport report;
  report.effect = domain::Effect::kNotApplied;
  report.reason = ReasonOf(state);
  report.problems.emplace_back().set_message(
      detail.empty() ? ConnectionDetail(state) : detail);
  return report;
}

}  // namespace

ConnectionChecker::ConnectionChecker(Parts parts) : parts_(std::move(parts)) {}

void ConnectionChecker::Check(CallScope& scope, const Done& done) {
  if (busy_->exchange(true)) {
    done(domain::MakeError(absl::StatusCode::kResourceExhausted,
                           v1::ERROR_REASON_OVERLOADED,
                           "the connection is being checked for others"));
    return;
  }
  const std::shared_ptr<void> under_way(
      nullptr, [busy = busy_](void*) { busy->store(false); });
  const std::shared_ptr<Once> once(new Once{done});
  scope.OnCancel(
      [once] { once->Answer(absl::CancelledError("the client is gone")); });
  ConnectionCheck::Start(
      {parts_.connection, parts_.base_url, parts_.gateway, *this, parts_.clock,
       parts_.later},
      [this, once, under_way](v1::CheckConnectionResponse found) {
        found.set_state(parts_.status.state());
        once->Answer(std::move(found));
      });
}

CheckDoor::Entry ConnectionChecker::TryEnter() {
  domain::RequestBudget::Grant grant =
      parts_.gate.TryEnter(domain::Lane::kRefresh);
  operation_ = kOperation;
  const v1::ConnectionState state = parts_.status.state();
  if (!grant.granted && state != v1::CONNECTION_STATE_ACTIVE) {
    grant = parts_.gate.TryProbe();
    operation_ = OutboundGate::kProbe;
  }
  Entry entry;
  entry.granted = grant.granted;
  entry.retry_at = grant.retry_at;
  // Why it is closed is known; the next probe may be half a minute away.
  if (!grant.granted && state != v1::CONNECTION_STATE_ACTIVE) {
    entry.closed = ClosedBy(parts_.status);
  }
  return entry;
}

void ConnectionChecker::Leave(const domain::CallReport& report) {
  parts_.gate.Leave(operation_, report);
}

}  // namespace qantara::server
