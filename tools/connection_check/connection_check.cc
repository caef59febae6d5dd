#include "tools/connection_check/connection_check.h"

#include <future>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/operations/connection_check.h"
#include "tools/cli/connection_check_text.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

// Between two looks whether the access token is there.
constexpr absl::Duration kTokenLook = absl::Milliseconds(20);
// Waited for longer than the request for it may take.
constexpr absl::Duration kTokenGrace = absl::Seconds(1);

// Nobody else spends requests.
class OpenDoor : public server::CheckDoor {
 public:
  Entry TryEnter() override { return {.granted = true, .closed = {}}; }
  void Leave(const domain::CallReport&) override {}
};

}  // namespace

CheckResult AwaitCredential(const server::ConnectionSettings& settings,
                            adapters::Credentials& credentials,
                            std::ostream& out) {
  using State = adapters::CredentialStatus::State;
  const absl::Time deadline =
      absl::Now() + settings.qoyod.request_timeout + kTokenGrace;
  adapters::CredentialStatus status = credentials.Check();
  while (status.state == State::kRenewing && absl::Now() < deadline) {
    absl::SleepFor(kTokenLook);
    status = credentials.Check();
  }
  if (status.state == State::kUsable) return CheckResult::kAllWell;
  const std::string why = status.detail.empty()
                              ? "credential: no access token came in time"
                              : status.detail;
  out << "connection " << settings.id << "\n  " << Printable(why) << "\n"
      << std::flush;
  return status.state == State::kNeeded ? CheckResult::kCredentialsNeeded
                                        : CheckResult::kProblems;
}

CheckResult CheckConnection(const server::ConnectionSettings& settings,
                            domain::ProductGateway& gateway,
                            const domain::Clock& clock, std::ostream& out) {
  OpenDoor door;
  std::promise<v1::CheckConnectionResponse> promise;
  auto found = promise.get_future();
  server::ConnectionCheck::Start(
      {settings.id, settings.provider().base_url, gateway, door, clock,
       /*later=*/nullptr},
      [&promise](v1::CheckConnectionResponse response) {
        promise.set_value(std::move(response));
      });
  const v1::CheckConnectionResponse response = found.get();
  out << CheckText(response) << std::flush;
  return static_cast<CheckResult>(CheckCode(response));
}

}  // namespace qantara::tools
