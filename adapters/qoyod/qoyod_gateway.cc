#include "adapters/qoyod/qoyod_gateway.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "adapters/qoyod/qoyod_answer.h"
#include "adapters/qoyod/qoyod_encode.h"
#include "adapters/qoyod/qoyod_url.h"

namespace qantara::adapters {
namespace {

// Names of kinds of paths, for metrics.
constexpr char kProducts[] = "products";
constexpr char kProduct[] = "products/{id}";

domain::CallReport NothingPrepared() {
  return NotSent(domain::Effect::kRefused, v1::ERROR_REASON_FIELD_INVALID,
                 "an id or a decimal has a form that Qoyod does not take; "
                 "nothing was sent");
}

domain::CallReport NoSuchId(domain::Effect effect) {
  return NotSent(effect, v1::ERROR_REASON_FIELD_INVALID,
                 "Qoyod's ids are whole numbers; nothing was sent");
}

}  // namespace

QoyodGateway::QoyodGateway(QoyodOptions options,
                           std::shared_ptr<Credentials> credentials,
                           const domain::Clock& clock, HttpTransport& transport)
    : calls_(std::move(options), std::move(credentials), clock, transport) {}

domain::PreparedWrite QoyodGateway::PrepareCreate(
    absl::Span<const v1::Product> products, bool single) const {
  for (const v1::Product& product : products) {
    if (!CheckQoyodProduct(product, "").empty()) return {};
  }
  return PreparedOf(EncodeCreate(products, single));
}

domain::PreparedWrite QoyodGateway::PrepareUpdate(
    const v1::Product& fields) const {
  if (!CheckQoyodProduct(fields, "").empty()) return {};
  return PreparedOf(EncodeUpdate(fields));
}

void QoyodGateway::Create(const domain::PreparedWrite& write,
                          domain::WriteWindow window,
                          std::function<void(domain::CreateAnswer)> done) {
  if (write.body.empty()) {
    done({NothingPrepared(), {}});
    return;
  }
  calls_.Exchange<domain::CreateAnswer>(
      calls_.NewWrite(HttpMethod::kPost, kProducts, "/products", write, window),
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
  calls_.Exchange<domain::RecordAnswer>(
      calls_.NewWrite(HttpMethod::kPut, kProduct,
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
  calls_.Exchange<domain::RecordAnswer>(
      calls_.NewRequest(HttpMethod::kGet, kProduct,
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
  calls_.Exchange<domain::PageAnswer>(
      calls_.NewRequest(HttpMethod::kGet, kProducts, ListPath(query)),
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
  calls_.Exchange<domain::LocationsAnswer>(
      calls_.NewRequest(HttpMethod::kGet, "inventories", "/inventories"),
      ReadLocationsAnswer, std::move(done));
}

void QoyodGateway::ListIds(QoyodCall call, const char* endpoint,
                           std::function<void(domain::IdsAnswer)> done) {
  calls_.Exchange<domain::IdsAnswer>(
      calls_.NewRequest(HttpMethod::kGet, endpoint,
                        absl::StrCat("/", endpoint)),
      [call](const HttpResult& result, absl::Time now) {
        return ReadIdsAnswer(call, result, now);
      },
      std::move(done));
}

}  // namespace qantara::adapters
