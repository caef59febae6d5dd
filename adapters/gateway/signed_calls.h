// Requests to one provider that carry its credential, each sent once; what the
// gateways of all providers have in common.
#ifndef QANTARA_ADAPTERS_GATEWAY_SIGNED_CALLS_H_
#define QANTARA_ADAPTERS_GATEWAY_SIGNED_CALLS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "adapters/credentials/credentials.h"
#include "adapters/gateway/callback_gate.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/error_reason.pb.h"

namespace qantara::adapters {

// Nothing was sent, because of us.
domain::CallReport NotSent(domain::Effect effect, v1::ErrorReason reason,
                           absl::string_view message);

// A write with that body and its fingerprint.
domain::PreparedWrite PreparedOf(std::string body);

// How to reach one account.
struct ProviderAddress {
  // API root, such as `https://api.qoyod.com/2.0`.
  std::string base_url;
  // How long the answer to a read is waited for. Writes bring their own.
  absl::Duration read_timeout = absl::Seconds(30);
};

// A credential that cannot be used is reported as not applied with
// CREDENTIALS_NEEDED, and nothing is sent. The credentials are told of every
// answer of 401, and of every other that the provider gave to them. Texts of
// the provider that repeat the credential come without it. Reports of writes
// that were refused or are unknown keep the exchange.
//
// Thread-safe. After destruction no callback runs.
class SignedCalls {
 public:
  // The clock and the transport must outlive it.
  SignedCalls(ProviderAddress address, std::shared_ptr<Credentials> credentials,
              const domain::Clock& clock, HttpTransport& transport);
  ~SignedCalls();
  SignedCalls(const SignedCalls&) = delete;
  SignedCalls& operator=(const SignedCalls&) = delete;

  // A request without body. `endpoint` names the kind of path for metrics;
  // `path` begins with a slash, below the API root.
  HttpRequest NewRequest(HttpMethod method, absl::string_view endpoint,
                         absl::string_view path) const;
  // One with a body of JSON that leaves within `window`.
  HttpRequest NewWrite(HttpMethod method, absl::string_view endpoint,
                       absl::string_view path,
                       const domain::PreparedWrite& write,
                       domain::WriteWindow window) const;

  // Sends the request and gives `done` what `read` makes of the result. Answer
  // has a member `report`.
  template <typename Answer>
  void Exchange(HttpRequest&& request,
                std::function<Answer(const HttpResult&, absl::Time)> read,
                std::function<void(Answer)> done) {
    auto withheld = [done](const domain::CallReport& report) {
      Answer answer;
      answer.report = report;
      done(std::move(answer));
    };
    auto answered = [done = std::move(done), read = std::move(read)](
                        const HttpResult& result, absl::Time now,
                        const Finish& finish) {
      Answer answer = read(result, now);
      finish(&answer.report);
      done(std::move(answer));
    };
    Send(std::move(request), withheld, std::move(answered));
  }

 private:
  // Takes the credential out of a report and adds what is to be kept.
  using Finish = std::function<void(domain::CallReport*)>;

  // Calls `withheld` where nothing was sent, else `answered`.
  void Send(HttpRequest request,
            const std::function<void(domain::CallReport)>& withheld,
            std::function<void(const HttpResult&, absl::Time, const Finish&)>
                answered);

  const ProviderAddress address_;
  const std::shared_ptr<Credentials> credentials_;
  const domain::Clock& clock_;
  HttpTransport& transport_;
  // Shared with the callbacks under way, which may come after the owner.
  const std::shared_ptr<CallbackGate> gate_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_GATEWAY_SIGNED_CALLS_H_
