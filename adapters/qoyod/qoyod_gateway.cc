#include "adapters/qoyod/qoyod_gateway.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "adapters/qoyod/kept_exchange.h"
#include "adapters/qoyod/qoyod_answer.h"
#include "adapters/qoyod/qoyod_encode.h"
#include "adapters/qoyod/qoyod_error_body.h"
#include "adapters/qoyod/qoyod_url.h"
#include "domain/digest.h"

namespace qantara::adapters {
namespace {

// Names of kinds of paths, for metrics.
constexpr char kProducts[] = "products";
constexpr char kProduct[] = "products/{id}";

// Nothing was sent, because of us.
domain::CallReport NotSent(domain::Effect effect, v1::ErrorReason reason,
                           absl::string_view message) {
  domain::CallReport report;
  report.effect = effect;
  report.reason = reason;
  report.problems.push_back(ProblemOf(reason, message));
  return report;
}

domain::CallReport NothingPrepared() {
  return NotSent(domain::Effect::kRefused, v1::ERROR_REASON_FIELD_INVALID,
                 "an id or a decimal has a form that Qoyod does not take; "
                 "nothing was sent");
}

domain::CallReport NoSuchId(domain::Effect effect) {
  return NotSent(effect, v1::ERROR_REASON_FIELD_INVALID,
                 "Qoyod's ids are whole numbers; nothing was sent");
}

domain::PreparedWrite Prepared(std::string body) {
  domain::PreparedWrite write;
  write.fingerprint = domain::Digest16(body);
  write.body = std::move(body);
  return write;
}

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

QoyodGateway::QoyodGateway(QoyodOptions options,
                           std::shared_ptr<Credentials> credentials,
                           const domain::Clock& clock, HttpTransport& transport)
    : options_(std::move(options)),
      credentials_(std::move(credentials)),
      clock_(clock),
      transport_(transport),
      gate_(std::make_shared<CallbackGate>()) {}

QoyodGateway::~QoyodGateway() { gate_->Close(); }

domain::PreparedWrite QoyodGateway::PrepareCreate(
    absl::Span<const v1::Product> products, bool single) const {
  for (const v1::Product& product : products) {
    if (!CheckQoyodProduct(product, "").empty()) return {};
  }
  return Prepared(EncodeCreate(products, single));
}

domain::PreparedWrite QoyodGateway::PrepareUpdate(
    const v1::Product& fields) const {
  if (!CheckQoyodProduct(fields, "").empty()) return {};
  return Prepared(EncodeUpdate(fields));
}

void QoyodGateway::Create(const domain::PreparedWrite& write,
                          domain::WriteWindow window,
                          std::function<void(domain::CreateAnswer)> done) {
  if (write.body.empty()) {
    done({NothingPrepared(), {}});
    return;
  }
  Exchange<domain::CreateAnswer>(
      NewWrite(HttpMethod::kPost, kProducts, "/products", write, window),
      [](const HttpResult& result, absl::Time now) {
        return ReadCreateAnswer(result, now);
      },
      std::move(done));
}

void QoyodGateway::Update(const std::string& remote_id,
                          const domain::PreparedWrite& write,
                          domain::WriteWindow window,
                          std::function<void(domain::RecordAnswer)> done) {
  if (write.body.empty() || !IsQoyodId(remote_id)) {
    domain::RecordAnswer answer;
    answer.report = write.body.empty() ? NothingPrepared()
                                       : NoSuchId(domain::Effect::kRefused);
    done(std::move(answer));
    return;
  }
  Exchange<domain::RecordAnswer>(
      NewWrite(HttpMethod::kPut, kProduct,
               absl::StrCat("/products/", remote_id), write, window),
      [remote_id](const HttpResult& result, absl::Time now) {
        return ReadRecordAnswer(QoyodCall::kUpdate, result, remote_id, now);
      },
      std::move(done));
}

void QoyodGateway::Get(const std::string& remote_id,
                       std::function<void(domain::RecordAnswer)> done) {
  if (!IsQoyodId(remote_id)) {
    domain::RecordAnswer answer;
    answer.report = NoSuchId(domain::Effect::kNotApplied);
    done(std::move(answer));
    return;
  }
  Exchange<domain::RecordAnswer>(
      NewRequest(HttpMethod::kGet, kProduct,
                 absl::StrCat("/products/", remote_id)),
      [remote_id](const HttpResult& result, absl::Time now) {
        return ReadRecordAnswer(QoyodCall::kGet, result, remote_id, now);
      },
      std::move(done));
}

void QoyodGateway::List(const domain::ListQuery& query,
                        std::function<void(domain::PageAnswer)> done) {
  if ((query.id_above.has_value() && !IsQoyodId(*query.id_above)) ||
      (query.category_id.has_value() && !IsQoyodId(*query.category_id))) {
    domain::PageAnswer answer;
    answer.report = NoSuchId(domain::Effect::kNotApplied);
    done(std::move(answer));
    return;
  }
  Exchange<domain::PageAnswer>(
      NewRequest(HttpMethod::kGet, kProducts, ListPath(query)),
      [query](const HttpResult& result, absl::Time now) {
        return ReadPageAnswer(result, query, now);
      },
      std::move(done));
}

void QoyodGateway::ListCategories(std::function<void(domain::IdsAnswer)> done) {
  ListIds(QoyodCall::kCategories, "categories", std::move(done));
}

void QoyodGateway::ListTaxes(std::function<void(domain::IdsAnswer)> done) {
  ListIds(QoyodCall::kTaxes, "taxes", std::move(done));
}

void QoyodGateway::ListLocations(
    std::function<void(domain::LocationsAnswer)> done) {
  Exchange<domain::LocationsAnswer>(
      NewRequest(HttpMethod::kGet, "inventories", "/inventories"),
      ReadLocationsAnswer, std::move(done));
}

void QoyodGateway::ListIds(QoyodCall call, const char* endpoint,
                           std::function<void(domain::IdsAnswer)> done) {
  Exchange<domain::IdsAnswer>(
      NewRequest(HttpMethod::kGet, endpoint, absl::StrCat("/", endpoint)),
      [call](const HttpResult& result, absl::Time now) {
        return ReadIdsAnswer(call, result, now);
      },
      std::move(done));
}

HttpRequest QoyodGateway::NewRequest(HttpMethod method, const char* endpoint,
                                     const std::string& path) const {
  absl::string_view base = options_.base_url;
  while (absl::ConsumeSuffix(&base, "/")) {
  }
  HttpRequest request;
  request.method = method;
  request.url = absl::StrCat(base, path);
  request.headers = {{"Accept", "application/json"}, {"User-Agent", "qantara"}};
  request.endpoint = endpoint;
  request.timeout = options_.read_timeout;
  return request;
}

HttpRequest QoyodGateway::NewWrite(HttpMethod method, const char* endpoint,
                                   const std::string& path,
                                   const domain::PreparedWrite& write,
                                   domain::WriteWindow window) const {
  HttpRequest request = NewRequest(method, endpoint, path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = write.body;
  request.timeout = window.timeout;
  request.send_by_boot_millis = window.send_by_boot_millis;
  return request;
}

template <typename Answer>
void QoyodGateway::Exchange(
    HttpRequest request,
    std::function<Answer(const HttpResult&, absl::Time)> read,
    std::function<void(Answer)> done) {
  absl::StatusOr<Credential> credential = credentials_->Current();
  if (!credential.ok()) {
    Answer answer;
    answer.report = NotSent(domain::Effect::kNotApplied,
                            v1::ERROR_REASON_CREDENTIALS_NEEDED,
                            credential.status().message());
    done(std::move(answer));
    return;
  }
  request.headers.push_back(
      {credential->header_name, credential->header_value});
  KeptRequest kept = KeepRequest(request);
  transport_.Send(
      std::move(request),
      [gate = gate_, &clock = clock_, credentials = credentials_,
       used = *std::move(credential), kept = std::move(kept),
       read = std::move(read), done = std::move(done)](HttpResult result) {
        if (!gate->Enter()) return;
        Judge(result, used, *credentials);
        Answer answer = read(result, clock.Now());
        Redact(used.secret, &answer.report);
        Keep(kept, result, used, &answer.report);
        done(std::move(answer));
        gate->Leave();
      });
}

}  // namespace qantara::adapters
