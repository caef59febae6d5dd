#include "adapters/gateway/signed_calls.h"

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "adapters/gateway/kept_exchange.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/http/retry_after.h"
#include "domain/digest.h"

namespace qantara::adapters {
namespace {

// Cuts the secret out of the provider's texts.
void Redact(absl::string_view secret, domain::CallReport* report) {
  for (v1::ItemProblem& problem : report->problems) {
    absl::StrReplaceAll({{secret, "[credential]"}}, problem.mutable_message());
    absl::StrReplaceAll({{secret, "[credential]"}}, problem.mutable_field());
  }
}

// Keeps what may be looked for later: a write that was refused, or whose effect
// is not known.
void Keep(const KeptRequest& request, const HttpResult& result,
          const Credential& used, domain::CallReport* report) {
  const bool kept = report->effect == domain::Effect::kRefused ||
                    report->effect == domain::Effect::kUnknown;
  if (request.line.empty() || !kept) return;
  report->exchange =
      KeepExchange(request, result, {used.secret, used.header_value});
}

// The time that the answer says it is.
std::optional<absl::Time> TimeOf(const HttpResult& result) {
  const auto date = FindHeader(result.headers, "Date");
  return date.has_value() ? ParseHttpDate(*date) : std::nullopt;
}

// Tells what the answer says about the credential that was shown.
void Judge(const HttpResult& result, const Credential& used,
           Credentials& credentials) {
  if (result.fate != HttpFate::kAnswered) return;
  if (result.status == 401) {
    credentials.Refused(used);
  } else if (result.status < 300 ||
             (result.status >= 400 && result.status < 500)) {
    credentials.Accepted(used);
  }
}

}  // namespace

domain::CallReport NotSent(domain::Effect effect, v1::ErrorReason reason,
                           absl::string_view message) {
  domain::CallReport report;
  report.effect = effect;
  report.reason = reason;
  report.problems.push_back(ProblemOf(reason, message));
  return report;
}

domain::PreparedWrite PreparedOf(std::string body) {
  domain::PreparedWrite write;
  write.fingerprint = domain::Digest16(body);
  write.body = std::move(body);
  return write;
}

SignedCalls::SignedCalls(ProviderAddress address,
                         std::shared_ptr<Credentials> credentials,
                         const domain::Clock& clock, HttpTransport& transport)
    : address_(std::move(address)),
      credentials_(std::move(credentials)),
      clock_(clock),
      transport_(transport),
      gate_(std::make_shared<CallbackGate>()) {}

SignedCalls::~SignedCalls() { gate_->Close(); }

HttpRequest SignedCalls::NewRequest(HttpMethod method,
                                    absl::string_view endpoint,
                                    absl::string_view path) const {
  absl::string_view base = address_.base_url;
  while (absl::ConsumeSuffix(&base, "/")) {
  }
  HttpRequest request;
  request.method = method;
  request.url = absl::StrCat(base, path);
  request.headers = {{"Accept", "application/json"}, {"User-Agent", "qantara"}};
  request.endpoint = std::string(endpoint);
  request.timeout = address_.read_timeout;
  return request;
}

HttpRequest SignedCalls::NewWrite(HttpMethod method, absl::string_view endpoint,
                                  absl::string_view path,
                                  const domain::PreparedWrite& write,
                                  domain::WriteWindow window) const {
  HttpRequest request = NewRequest(method, endpoint, path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = write.body;
  request.timeout = window.timeout;
  request.send_by_boot_millis = window.send_by_boot_millis;
  return request;
}

void SignedCalls::Send(
    HttpRequest request,
    const std::function<void(domain::CallReport)>& withheld,
    std::function<void(const HttpResult&, absl::Time, const Finish&)>
        answered) {
  absl::StatusOr<Credential> credential = credentials_->Current();
  if (!credential.ok()) {
    withheld(NotSent(domain::Effect::kNotApplied,
                     v1::ERROR_REASON_CREDENTIALS_NEEDED,
                     credential.status().message()));
    return;
  }
  request.headers.push_back(
      {credential->header_name, credential->header_value});
  KeptRequest kept = KeepRequest(request);
  transport_.Send(std::move(request),
                  [gate = gate_, &clock = clock_, credentials = credentials_,
                   used = *std::move(credential), kept = std::move(kept),
                   answered = std::move(answered)](const HttpResult& result) {
                    if (!gate->Enter()) return;
                    Judge(result, used, *credentials);
                    answered(result, clock.Now(),
                             [&](domain::CallReport* report) {
                               report->provider_time = TimeOf(result);
                               Redact(used.secret, report);
                               Keep(kept, result, used, report);
                             });
                    gate->Leave();
                  });
}

}  // namespace qantara::adapters
